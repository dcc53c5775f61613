# The page's Python example; the address and the group come from the command line, and the status is printed too.
import sys

import requests

url = sys.argv[1]

payload = {
    "groupId": sys.argv[2]
}
headers = {
    'Content-Type': 'application/json'
}

response = requests.post(url, json=payload, timeout=40)

print(response.text)
print(response.status_code)
