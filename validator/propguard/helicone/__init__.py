"""The platform's HTTP API without opinion."""
