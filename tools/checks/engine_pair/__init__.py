"""The engine of the rehearsal between two network namespaces, started by the service's own scripts."""
