"""The page: pure functions from answers and documents to escaped HTML, and the wiring of its parts."""
