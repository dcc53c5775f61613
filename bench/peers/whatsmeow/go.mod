module greenfinch.io/bench/whatsmeow

go 1.26.0
