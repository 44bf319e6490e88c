"""The staff network: what people do here. Flask lives in this package and nowhere else."""
