"""The cloud as nestforge sees it: Protocols, and the official SDKs behind them."""
