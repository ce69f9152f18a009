"""The benchmarks: the bars of the product, measured with its real code, one command each."""
