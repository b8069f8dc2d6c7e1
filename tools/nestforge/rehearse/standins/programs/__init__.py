"""What stands in a host's PATH. It runs in the host on the machine's own python3, with nothing else of nestforge there.

So these modules import the standard library and one another only.
"""
