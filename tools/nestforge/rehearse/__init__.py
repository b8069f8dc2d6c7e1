"""Deploy a published service onto hosts made of namespaces of this machine, and prove that it answers."""
