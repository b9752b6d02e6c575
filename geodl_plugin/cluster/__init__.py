"""A map on a cluster: sheets that the workers of Dask map apart from each other, and that are joined again.

==================  ======================================================================
``map_on_cluster``  the operation, step by step
``request``         its request
``job``             the job `applymodel` on a cluster
``sheet_folder``    the finished sheets of a map, beside it
``sheet_task``      what a worker of Dask does for one sheet
``schedule``        which worker gets which sheet, and what if one fails
``connection``      the scheduler of Dask, or one of our own on this computer
``mosaic``          sheets as one raster
==================  ======================================================================

A worker of Dask starts a process of ours (`worker`) that runs the job `mapsheet`, as QGIS does for any job: TensorFlow
gets as many threads as the worker has, and if that process crashes or hangs, the worker is still there to say so.
Dask is imported when it is needed only, in `connection`, `schedule` and `sheet_task`.
"""
