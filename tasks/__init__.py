"""The engine: Celery tasks that carry ids, the world they work in, and the parent that keeps them alive."""
