"""Times lifetimes' fits; JSON to standard output.

peer.py summary LOG TO        writes frequency,recency,T of a log with customer_id and date, in days
peer.py fit MODEL RUNS FILE   the seconds of each fit (0 is BG/NBD, 1 Pareto/NBD) and its log-likelihood, or what it said
"""

import json
import sys
import time

import lifetimes
import numpy
import pandas
from lifetimes.utils import summary_data_from_transaction_data


def summary(log, to):
    rows = pandas.read_csv(log, parse_dates=["date"], dtype={"customer_id": str})
    told = summary_data_from_transaction_data(rows, "customer_id", "date")
    told.to_csv(to, index=False)


def fit(model, runs, file):
    data = pandas.read_csv(file)
    fitter = [lifetimes.BetaGeoFitter, lifetimes.ParetoNBDFitter][int(model)]
    seconds, said, told = [], None, None
    for _ in range(int(runs)):
        one = fitter()
        start = time.perf_counter()
        try:
            one.fit(data["frequency"], data["recency"], data["T"])
        except lifetimes.utils.ConvergenceError as error:
            said = str(error).strip().split("\n")[0][:200]
        seconds.append(time.perf_counter() - start)
        if said is None:
            # Its own is of scaled times; that of BG/NBD is the mean over customers, that of Pareto/NBD their sum.
            in_days = data["frequency"].sum() * numpy.log(one._scale)
            told = float(in_days - one._negative_log_likelihood_ * [len(data), 1][int(model)])
    print(json.dumps({"seconds": seconds, "told": told, "said": said}))


{"summary": summary, "fit": fit}[sys.argv[1]](*sys.argv[2:])
