package metrics

import "log/slog"

type Properties map[string]string

// Count writes a line that the log shipper makes a metric of.
func Count(name string, properties Properties) {
	args := []any{"metric", name}
	for key, value := range properties {
		args = append(args, "prop-"+key, value)
	}
	slog.Info("count", args...)
}
