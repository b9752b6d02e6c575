"""The GeoDL core library: from polygons on an image to a network and to a map.

It stands on GDAL, numpy and TensorFlow and knows nothing of QGIS.  Modules by concept:

========================  ===========================================================
``errors``, ``reporter``  how anything here fails, and how it tells of its progress
``files``                 outputs that are whole or not there
``grid``, ``raster``      where pixels are, and their values
``vector``, ``classes``   labelled geometries, and the classes they name
``points``                points of any layer as pixels
``sampling``              patch positions and their splits
``datasets``              TFRecord folders with their ``dataset.json``
``models``                networks, their fields, and the model folder
``training``              from dataset folder to model folder
``inference``             from model folder to map
``accuracy``              from map and reference to figures
``jobs``                  the work that can be asked for, one module a job
``worker``, ``__main__``  jobs run in a process of their own, and the command line
``environment``           the Python environment that has TensorFlow
========================  ===========================================================
"""

__version__ = "0.1.0"
