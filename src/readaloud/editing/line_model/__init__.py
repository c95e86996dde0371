"""A small learnt model: which lines of a careless page dump are the article's.

``features`` measures lines, ``weights`` adds the measures up to log-odds, ``body`` finds the run.
Its weights are made by ``tests/benchmarks/line_model.py``.
"""
