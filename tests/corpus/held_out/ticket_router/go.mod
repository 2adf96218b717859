module github.com/example/ticket-router

go 1.23
