"""Kills the work of a hub with ``kill -9`` at moments drawn by chance, and looks what is left.

``python -m benchmarks.kills --kills 200`` makes a small hub, on SQLite unless DATABASE_URL names an
empty PostgreSQL database (the others are made beside it). Then, once a kill, it copies the hub,
lets a process import, close, merge, publish, send, report, count or back up, kills it at a moment
drawn from as long as that takes, looks at what is left, lets another process do the work to its
end, and compares what then stands with what an unkilled run leaves.
"""
