package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"go.mau.fi/libsignal/logger"
	waLog "go.mau.fi/whatsmeow/util/log"
)

// stderrLog writes the client's log to standard error; standard output belongs to replies and events.
type stderrLog struct {
	module string
	least  int
}

var levels = []string{"TRACE", "DEBUG", "INFO", "WARN", "ERROR"}

func rank(level string) int {
	for index, name := range levels {
		if strings.EqualFold(name, level) {
			return index
		}
	}
	return 2
}

func (l stderrLog) print(level int, format string, arguments []any) {
	if level >= l.least {
		now := time.Now().Format("15:04:05.000")
		fmt.Fprintf(os.Stderr, "%s %-5s %s: %s\n", now, levels[level], l.module, fmt.Sprintf(format, arguments...))
	}
}

func (l stderrLog) Debugf(format string, arguments ...any) { l.print(1, format, arguments) }
func (l stderrLog) Infof(format string, arguments ...any)  { l.print(2, format, arguments) }
func (l stderrLog) Warnf(format string, arguments ...any)  { l.print(3, format, arguments) }
func (l stderrLog) Errorf(format string, arguments ...any) { l.print(4, format, arguments) }

func (l stderrLog) Sub(module string) waLog.Logger {
	return stderrLog{module: l.module + "/" + module, least: l.least}
}

// silenceSignal keeps the Signal library from writing to standard output, which it does unless it is told otherwise.
func silenceSignal() {
	var silent logger.Loggable = silentLog{}
	logger.Setup(&silent)
}

// silentLog drops what the library tells, message keys included.
type silentLog struct{}

func (silentLog) Debug(_, _ string)   {}
func (silentLog) Info(_, _ string)    {}
func (silentLog) Warning(_, _ string) {}
func (silentLog) Error(_, _ string)   {}
func (silentLog) Configure(_ string)  {}
