"""Many cases on many machines (集群汇总): the same results as on one, whichever worker is lost.

Nobody works who runs another program, knows other editions or sees another share.
"""
