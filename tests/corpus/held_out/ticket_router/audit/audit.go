package audit

import "log"

type Field struct{ Key, Value string }

func WithProperty(key, value string) Field { return Field{key, value} }

func Write(fields ...Field) { log.Println("audit", fields) }
