"""Work on a cluster: the sheets of a map, which are joined again, or whole jobs, done by the workers of Dask.

=======================  =================================================================
``map_on_cluster``       a map, step by step
``request``              its request
``job``                  the job `applymodel` on a cluster
``sheet_folder``         the finished sheets of a map, beside it
``sheet_task``           what a worker of Dask does for one sheet
``mosaic``               sheets as one raster
``jobs_on_cluster``      several jobs of any kind
``job_task``             what a worker of Dask does for one job
``schedule``             which worker gets which sheet or job, and what if one fails
``task``                 what a worker of Dask does for either
``connection``           the scheduler of Dask, or one of our own on this computer
=======================  =================================================================

A worker of Dask starts a process of ours (`worker`) that runs the job `mapsheet`, or that of a job file, as QGIS does
for any job: TensorFlow gets as many threads as the worker has, and if that process crashes or hangs, the worker is
still there to say so.
Dask is imported when it is needed only, in `connection`, `schedule` and `task`.
"""
