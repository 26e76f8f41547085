"""Solves assignment problems with scipy and says how long that took: the peer of `npm run bench -- a2` and `a3`.

Reads lines of JSON on stdin, {"load": name, "folder": path} or {"solve": name, "times": 1}, and answers each with a line on stdout.
"""
import json
import sys
import time

import numpy
import scipy
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

problems = {}


def load(name, folder, shape, may_skip, dense):
    rows, columns = shape
    starts = numpy.fromfile(f"{folder}/rowStart", dtype=numpy.int32)
    ends = numpy.fromfile(f"{folder}/column", dtype=numpy.int32)
    costs = numpy.fromfile(f"{folder}/cost", dtype=numpy.float64)
    skips = numpy.fromfile(f"{folder}/skipCost", dtype=numpy.float64)
    if dense:
        problems[name] = ("dense", costs.reshape(rows, columns), 0)
        return
    # Edges of weight 0 would be dropped, so everything costs 1 more; each row has one edge in a solution.
    matrix = csr_matrix((costs + 1, ends, starts), shape=(rows, columns))
    if may_skip:
        own = csr_matrix((skips + 1, (numpy.arange(rows), numpy.arange(rows))), shape=(rows, rows))
        matrix = scipy.sparse.hstack([matrix, own], format="csr")
    matrix.sort_indices()
    problems[name] = ("sparse", matrix, rows)


def solve(name, times):
    kind, matrix, shift = problems[name]
    wall, cpu = time.perf_counter(), time.process_time()
    solver = linear_sum_assignment if kind == "dense" else min_weight_full_bipartite_matching
    for _ in range(times):
        rows, columns = solver(matrix)
    wall, cpu = (time.perf_counter() - wall) / times, (time.process_time() - cpu) / times
    return {"seconds": wall, "cpuSeconds": cpu, "total": int(round(float(matrix[rows, columns].sum()))) - shift}


print(json.dumps({"scipy": scipy.__version__, "numpy": numpy.__version__}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    try:
        if "load" in question:
            load(question["load"], question["folder"], question["shape"], question["maySkip"], question["dense"])
            answer = {}
        else:
            answer = solve(question["solve"], question["times"])
    except Exception as error:
        answer = {"fault": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
