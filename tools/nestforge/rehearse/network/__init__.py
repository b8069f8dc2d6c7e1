"""The networks of a rehearsal: VPCs with their routers, security groups as packet filters, addresses, the internet."""
