<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>GeoDL</name>
    <message>
        <source>Apply a model to a raster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deep learning,inference,prediction,segmentation,classification,map,OTBTF,TensorflowModelServe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes a map of a raster of any size with a trained model. The raster is processed in blocks. Their size and overlap are chosen for the network, so that the map has no seams, does not depend on the block size except for rounding, and covers the image up to its border.
The map contains class names, colours and its no-data value. Pixels without data in the image have no data in the map. A model of continuous values, such as tree cover, maps these values (Float32, no data is NaN).
Models from other software work as well: SavedModels, such as those of OTBTF, and Keras files. How far they look around a pixel is then measured. A model can contain program code: use only models from people you trust.
Next step: Evaluate a map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder made by Train a network, or a SavedModel folder. For a Keras file, type its path (….keras).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'classes': one band with the value of the most probable class; of a model of continuous values, the values. 'probabilities': one band for each class, from 0 to 1. 'probabilities (uint8)': the same in small files, stored as 0 to 250 with a scale of 0.004, which QGIS shows as 0 to 1. 'raw': the numbers that the network gives, as Float32, for any output of any model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A GeoTIFF on the grid of the first image, with the names and colours of the classes in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A raster that shows how certain the map is, with two bands: the highest class probability, and the normalised entropy of all classes (0: certain, 1: all classes are equally probable). Not for models of continuous values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfamiliarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A raster that shows where the network has never been, however certain it is: how far what it sees is from everything that it was trained on. 0: the same; 1: as far as labelled pixels hardly ever are; above 1: do not trust the map there, and draw polygons there. For models made by this version of Train a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receptive field used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expression field used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crop used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of the classes by value (JSON)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output of the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the sources in the order of the model's inputs. The map is aligned with the first image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receptive field (pixels, 0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width and height, in pixels of the image, of what is read for a block: SCALE × (EFIELD + 2 × CROP). For patch-based models, of a patch. 0: chosen for the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expression field (pixels, 0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width and height, in pixels of the map, of what a block contributes to the map: a multiple of the network's total stride, which Inspect a model shows. 0: chosen for the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crop (pixels, 0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels at each border of a block that are computed but not used, since the network has too little context there: a multiple of the total stride, at least the valid margin, which Inspect a model shows. 0: chosen for the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outputs of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of outputs, separated by commas; several are stacked as bands (output 'raw'). Inspect a model lists them. Empty: the model's main output, or the first in alphabetical order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'fully convolutional': the network turns an image into an image. 'patch-based': it gives one answer for a small image, a patch, so it is applied to the patch around each pixel of the map. 'automatic': by the shape of the model's output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale (0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel size of the map divided by that of the image: 2, 3, … for a coarser map, 0.5, 0.25, … for a finer one. For patch-based models, the distance between patches in pixels. 0: that of the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values of other inputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For models that take other inputs than images: name=value, separated by semicolons, such as k=2.5; flag=true; v=(1.2, 4).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number type of the computation. 'float32' is the most exact: maps of different computers are the same but for rounding. 'bfloat16' is faster on processors with AMX, 'float16' on GPUs, but about one pixel in a thousand may get another class, and probabilities may differ by 0.02. 'automatic': one of these where it is expected to be much faster, that is for large networks on a device with units for it, otherwise float32; maps by 'unet' take half the time on processors with AMX. On devices without support float32 is used; the log says what was used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory (MB)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much memory may be used, approximately. More memory allows larger blocks (up to 1024 pixels), which take less time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orientations to average (TTA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is applied to the image in several orientations, and the mean of the probabilities (or values) is mapped. This is often a little more accurate, and takes 2, 4 or 8 times as long. '1': the image as it is. '2': also mirrored left-right. '4': mirrored along both axes. '8': all flips and turns by right angles. For networks that were trained with flips and turns, as they are by default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models of the same classes (or of the same quantity) for the same bands, such as networks that were trained with other seeds or architectures. The mean of the probabilities (or values) of all models is mapped. Each takes as long as one alone. Choose the file saved_model.pb in each model folder, or a Keras file (….keras); the paths of the folders are accepted as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the image is continued beyond its border: 'reflect': mirrored; 'zero': with zeros; 'valid only': not at all, so the map is a little smaller than the image, as in OTBTF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No-data value of the images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number, for bands without a no-data value of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No-data value of the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number. Empty: 0 for classes, or the highest value of the data type if 0 is a class; -1 for probabilities, 255 for probabilities (uint8), NaN for other numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extent of the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only pixels that overlap this extent are mapped. They have the same values as in a map of the whole image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only pixels whose centre is in one of these polygons are mapped. All others have no data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minimum area (pixels of the map)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For maps of classes. Areas of a class with fewer pixels are given to the largest area beside them, so that the map has fewer specks. An area is pixels of one class that are joined by their sides, as in a polygon made of the map. Areas that are surrounded by no-data stay, and so do those that have only small neighbours. The confidence is that of the network's own classes. 0: all areas stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creation options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creation options of GDAL, separated by |, such as COMPRESS=ZSTD|ZSTD_LEVEL=9. They override the defaults (tiled, DEFLATE). Options that would change classes, such as COMPRESS=JPEG, are refused. Each map is read back and compared before it is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud-optimised GeoTIFF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file of which web servers can send parts. Takes twice the disk space while it is made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build overviews</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller copies within the file, with which QGIS displays large maps faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep finished blocks, and resume from them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished blocks are kept in a hidden folder beside the map until the map is complete. After a crash, or when a run was cancelled, run the algorithm again with the same parameters to resume it; the map is the same as that of an uninterrupted run. Other models, images and parameters are refused, except for MEMORY and the format of the file. Not for temporary outputs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 Sampling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 Datasets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4 Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 Maps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>6 Environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 All steps in one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: the folder {folder} is temporary and will be deleted when QGIS ends. To keep it, copy it before, or choose another folder ({parameter}) and run this again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tensorflow,keras,python,interpreter,version,GPU,CUDA,device,diagnosis,error,issue,report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tries whether GeoDL's jobs can run: rasters are written and read, TensorFlow is loaded, each device computes, and a tiny network is trained, saved, loaded and applied. It takes about half a minute. If something does not work, it says why and what to do.
It makes a &lt;b&gt;diagnosis&lt;/b&gt;: the steps with their times, the versions of TensorFlow and all else that matters, the processor and the GPUs, the libraries. The report has a button that copies it, to be sent with an issue; your name, your home folder and the computer's name are left out.
The Python is the first that has all that is needed of: the variable GEODL_PYTHON; the options (Processing, Providers, GeoDL); the setting geodl/python; the environment made by &lt;i&gt;Set up the environment&lt;/i&gt;; QGIS's own Python.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page with the diagnosis. In qgis_process, the run fails if something does not work; the page is written in that case, too, and the message says where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether everything works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do, and what does not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python interpreter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version of TensorFlow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Devices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of it as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of it as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class statistics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>classes,polygons,pixels,balance,statistics,OTB,PolygonClassStatistics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts the features and the pixels of each class, to see whether the classes are balanced and whether features overlap or are too small.
The labels are polygons, lines or points in any CRS, or a raster of classes.
Next step: Sample positions from polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The raster whose pixels are counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled polygons, lines or points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or a label raster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples of each class, in any CRS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class statistics report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page with the features and the pixels of each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels of the smallest class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels in several features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table of the classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the dialog, choose the file dataset.json of each folder, or add a directory that holds only dataset folders. Elsewhere the folders themselves will do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Splits of the scenes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of several scenes: 'as they are': each scene keeps its patches for training, validation and test. 'by scene': whole scenes validate and test, all others train. The figures then tell how good the network is where it has never been.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenes for validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 'by scene': the scenes that the best state of the network is chosen with, separated by commas: names of dataset folders, or their numbers in the list of datasets, from 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenes for the test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 'by scene': the scenes that the trained network is evaluated with, separated by commas: names of dataset folders, or their numbers in the list of datasets, from 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of the scenes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of several scenes: 'by patches': all patches count the same, so that large scenes count more. 'equally': all scenes count the same: patches of smaller scenes are repeated in training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dataset's file dataset.json</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dates of a time series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the network 'timeseries': when the images were taken, such as 2018-06-03, 2018-06-13. The bands must be those of the first date, then those of the second, and so on, in one raster or in one for each date. If only the number of dates is known, give it, such as 12: they are then taken for equal steps of a year. Several sources: with ';' between. Empty: the dates in the names or the metadata of bands and files. Dates may be missing in parts of the image (clouds): these pixels must be no data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of the sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of the sources in the dataset, which become the names of the network's inputs: one word for each source, separated by commas. Empty: source1, source2…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches per file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approximate number of patches in each TFRecords file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'gzip' makes the files smaller, but slower to write and to read; OTBTF cannot read them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop patches that do not fill a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files of a split then have the same number of patches, which suits training on several computers. A message says how many patches are dropped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dataset folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new folder, or an existing dataset folder, which is replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{help} Values: {values}; default '{default}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{name}': {help}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is running already: see QGIS's task bar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Landsat image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GeoDL demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to begin…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up the environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the tutorial's data to the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs TensorFlow, in a folder of its own (2 GB, some minutes).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The environment is ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>could not be set up: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The set-up was cancelled. What was installed is kept: the next one goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything works: TensorFlow {version}, {devices}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chooses pixels in your polygons, around which the network will see a patch of the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cuts the patches out of the image, with the labels of their pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lets a network learn from them. Read its report: it says which classes it mixes up, and why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>makes a map of this image, or of another one with the same bands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compares the map with polygons that the network has not seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GeoDL: where to begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You need an image and some polygons on it, three or more of each class, with a field of their classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the image and the polygons of the tutorial to the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tutorial's image and polygons are in the folder resources/demo of GeoDL's repository.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of GeoDL is in the Processing toolbox. The panel beside a dialog explains what is asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or let one model do all of it: {model}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From polygons to a map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data at hand?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that GeoDL works on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read all about it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advanced parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} features of {number} classes: {classes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} lie outside the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw more of {classes}: three or more features can be split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions: {strategy}, {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} patches of {size} × {size} pixels with {bands} bands, about {megabytes} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of them are for training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Splits: {splits}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network: {network}, effort: {effort}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The extent lies outside the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A map of {width} × {height} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model expects {expected} bands, and the image has {received}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network: {network}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes: {classes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to {megabytes} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reference feature lies on the map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {total} reference features lie on the map: {classes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without a class field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches of {size} × {size} pixels with {bands} bands: {splits}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dataset that was made last: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About {time}, at the pace of the last time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} and {number} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {count} pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate a map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,F1,IoU,precision,recall,validation,area,Olofsson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compares a class map with reference polygons, points or a raster, pixel by pixel. The results are the overall accuracy, the precision, recall, F1 and IoU of each class, and class areas corrected for the map's errors.
Compares a map of values, such as tree cover, with a raster of values, or with the values of polygons or points: R², root mean square error, mean absolute error and bias. Of a polygon, the mean of the map in it counts.
Classes are matched by name if the reference has names, otherwise by value. Pixels of reference classes that the map does not have count as errors; the accuracy without these classes is given as well.
Exclude the training polygons: a network does better on pixels that it was trained on.
A layer from Draw a sample to judge a map is recognised: the accuracy and the areas are then those of the whole map, with 95 % intervals that hold. For polygons drawn by hand, intervals are too narrow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A raster with one band of class values or of continuous values, such as one made by Apply a model to a raster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference polygons or points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or a reference raster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of known class, or with a known value, in any CRS. For a map of values, the class field is the field with the values. A labelled sample from Draw a sample to judge a map needs no class field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas to exclude</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels in these features are not compared. For example, the training polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the map holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'automatic': real numbers are values, integers are classes; many integers without names are refused. 'classes': integers that stand for classes. 'values': quantities such as tree cover in percent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page with the accuracy of the map and of each class, and with the areas of the classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table for spreadsheets: the reference pixels of each class in rows, what the map says in columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overall accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overall accuracy of the classes of the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean F1 of the classes of the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root mean square error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference features whose values were compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference pixels of classes that the map does not have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overall accuracy of the whole map, from a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half-width of its 95 % interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled points of the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points of the sample without a label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1 of each class, as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,F1,IoU,precision,recall,calibration,reliability,R2,RMSE,test,validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compares the predictions of a network with the labels of a dataset folder, and writes a report. It shows the accuracy of each class and the confusion matrix, or R² and errors of continuous values; how reliable the probabilities of the network are; and the patches with the best and the worst predictions.
The dataset must have the sources, bands and classes of the one that the model was trained on: it may be the same dataset, or one of another place or year. Classes are matched by name; pixels without a label do not count.
The split &lt;i&gt;test&lt;/i&gt; was not used in training. The best epoch was chosen by the split &lt;i&gt;valid&lt;/i&gt;, so its figures are a little too good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder made by Train a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dataset (file dataset.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder made by Export patches and labels as TFRecords, or by Convert patches images to TFRecords. Several are evaluated together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patches of the dataset to evaluate the model on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page with the figures of each class, and with the best and the worst patches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table for spreadsheets: the labels of each class in rows, what the network says in columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of correct pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean F1 of the classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean IoU of the classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected calibration error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R², of continuous values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root mean square error, of continuous values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean absolute error, of continuous values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean error, of continuous values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export patches and labels as TFRecords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>patch,dataset,TFRecord,training,label,regression,extract,OTBTF,PatchesExtraction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cuts a small square, a &lt;i&gt;patch&lt;/i&gt;, out of the image around each position, together with the labels of its pixels. Writes them into a dataset folder, from which networks are trained: one subfolder of TFRecords for each split, and a file &lt;i&gt;dataset.json&lt;/i&gt; that describes them. OTBTF can read these folders, too.
Further images may have another resolution: all patches of a position cover the same ground.
Labels need not cover the image: pixels outside your polygons, or with no data, are unlabelled and are ignored in training. Each label belongs to one split: in patches of the others it is unlabelled, also where patches overlap.
Labels may also be continuous values, such as tree cover in percent: the network then predicts values instead of classes.
Next step: Train a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their field 'split' (train, valid, test) chooses the split; without it, all patches are for training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'polygons': each pixel gets the class of the polygon that contains its centre; where polygons overlap, that of the later feature. 'raster': a raster of class values. 'position': one label for each patch, from the class field of its position, or else its field 'class'; real numbers are continuous values. 'values': a raster of continuous values; patches without any are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needed for 'polygons': usually the layer that the positions were sampled from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label raster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needed for 'raster': one band of integers; if it is on another grid than the image, the nearest pixel is used. Needed for 'values': one band of numbers; on another grid it is averaged if its pixels are smaller than those of the image, else resampled bilinearly. Pixels with no data are unlabelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dataset report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Inspect a dataset shows: classes, values of the bands, sample patches and warnings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extract patches into a patches image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>patch,extract,patches image,label,OTBTF,PatchesExtraction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cuts a small square, a &lt;i&gt;patch&lt;/i&gt;, out of the image around each position and stacks the patches in one raster, in the order of the positions: the raster is as wide as one patch and as high as all of them. This is the &lt;i&gt;patches image&lt;/i&gt; that OTBTF's PatchesExtraction writes. With a class field, a second raster of 1 × n pixels can hold the class of each patch.
Positions whose patch crosses the border of the image are left out and counted.
You do not need this to train a network: &lt;i&gt;Export patches and labels as TFRecords&lt;/i&gt; makes a dataset from the image in one step. Patches images are for viewing the patches, and for scripts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No-data value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number, or nan: patches that contain it in any pixel of any band are left out and counted. Empty: all patches are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A GeoTIFF without georeference.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels of the patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A GeoTIFF of 1 × n pixels: the class of each patch. The class field is needed for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect a dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dataset,TFRecord,report,class balance,histogram,patch,quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes a report on a dataset folder: the classes and their number of labelled pixels in each split, the values of each band, and sample patches with their labels. If the labels are continuous values, it shows their distribution.
It warns of what may spoil training: classes that are rare or missing in a split, bands that are saturated or constant, much no-data, or validation values outside the range of the training values.
Read it before training: wrong labels can be seen in the sample patches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder made by Export patches and labels as TFRecords, or by Convert patches images to TFRecords.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page with the classes, the values of the bands, and sample patches with their labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warnings, one per line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model,SavedModel,Keras,receptive field,expression field,crop,stride,margin,layers,OTBTF,report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports how a model is best applied to rasters that are larger than memory. The report lists its inputs and outputs, and its layers with the size of their output and the part of it that is valid, that is, not influenced by the border of the image. From them follow the total stride, the valid margin, and the recommended crop, receptive field and expression field.
The model may be a model folder made by Train a network, any SavedModel, such as those of OTBTF, or a Keras file. If it contains no layers, its receptive field is measured by running it.
Apply a model to a raster chooses suitable fields by itself. You need the numbers only if you want to choose them yourself, there or in OTBTF's TensorflowModelServe. If each result depends on the whole image, there are no such fields: the report says why, and the numbers are missing from the results.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model folder or SavedModel; for a Keras file (….keras), type its path. A SavedModel is a program: use only those from people you trust.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input size (pixels)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the image for which the report lists the sizes of the layers; a multiple of the network's total stride, which is 8 or 16 for most networks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the output to inspect. Empty: the output that maps are made of; if the model does not say which, the first in alphabetical order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page with the layers of the network, how far it looks, and how it is best applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receptive field of a pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommended crop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommended receptive field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommended expression field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} ({origin}): {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Python {path}, named by {origin}, cannot be used: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Python with TensorFlow was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the algorithm Set up the environment (geodl:setupenvironment) once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the variable {variable}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GeoDL's options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the setting {setting}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GeoDL's own environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QGIS's own Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Job file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Job files (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instead of running, the algorithm writes what it would do to this file, to be run later or on a server: geodl run job.json. Files in the folder of the job file are named relative to it, so that the folder can be moved as a whole. Outputs need names. If left empty: the algorithm runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temporary outputs are gone when a job file runs ({parameter}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name for each output, or none where it may be skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>temporary: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job was written, not run: run it by geodl run "{path}".</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These lie outside the folder of the job file, which names their full paths: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These inputs are gone when QGIS ends: {names}. Save them elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class that you see</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not labelled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>labelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A GeoPackage. One that already holds labels is never replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer {layer} is temporary: it is gone when QGIS is closed. Save it elsewhere, with its style, before you label it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer {layer} cannot be read: {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A feature of {layer} cannot be read: {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer {layer} cannot be used. Expected: a raster file. Received: a layer of the provider {provider}. Save it to a file first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge datasets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dataset,merge,combine,several scenes,several images,dates,TFRecord,held-out scene,cross-validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes one dataset folder of several, so that one network learns from several images: scenes of other places, dates or years, each with labels of its own.
Classes are united by their names; a scene need not have all of them. Sources, bands and patch size must be the same. Statistics are those of all patches together.
Files are linked where nothing changes, so that the merged dataset takes little space: do not change files of the datasets by hand afterwards; deleting them is fine. OTBTF can read merged datasets, too.
Train a network takes several datasets as well, and merges them for as long as it runs.
Next step: Train a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders made by Export patches and labels as TFRecords, one a scene.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of the scenes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One name for each dataset, separated by commas. Empty: the names of the folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged dataset folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder made by Export patches and labels as TFRecords. Several, one a scene, train one network: their classes are united by name, as by Merge datasets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kind of network. {kinds} 'custom': a network of your own, defined in the Python file MODEL_FILE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File of the custom network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the architecture 'custom': a Python file with one class that derives from ModelBase. This RUNS THE CODE in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model to start from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model folder whose network is trained further on this dataset (fine-tuning). Its architecture is kept: ARCHITECTURE, WIDTH, DEPTH and BACKBONE are ignored. Classes are matched by name: the dataset may have more, fewer or other classes than the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width (0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of filters in the first level of the network. More filters can learn more, but need more training data and time. 0: by the effort, see EFFORT.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Depth (0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the network halves the resolution of the image. A deeper network takes a larger neighbourhood of each pixel into account. 0: by the effort, see EFFORT.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the architecture 'backbone': the network from Keras Applications that is used as the encoder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of the backbone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the architecture 'backbone': 'none' to train it from scratch, 'imagenet' for weights trained on photographs (downloaded once), or a file of weights. Default 'none'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image: one raster, or several on the same grid, whose bands are stacked in the order of the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another image of the same area, at any resolution: one raster, or several on the same grid. Its pixels must be a whole number of times as large or as small as those of the image, and share their edges.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A raster with one band of class values, such as one made by Apply a model to a raster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field with the class of each feature, such as class, label or lulc; not one that numbers the features. Integers are the class values of the map; names get the values 1, 2, 3… in alphabetical order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All features are of one class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class field does not count then. Without this, a class field is needed, so that not all polygons become one class by mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A raster of class values, as an alternative to features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points from Sample positions, or any points, in any CRS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch size (pixels)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the square patches that the network is trained on, in pixels of the image. 64 is a good value for most images; all networks accept multiples of 16. The positions keep it for the next step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch size (pixels, 0 = that of the positions)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the square patches, in pixels of the image. 0: the size for which the positions were sampled, or {size} for points that do not tell it. Larger patches may overlap those of other splits; a warning then says how many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches at the border</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'reflect': patches may reach beyond the image, which is continued there as in a mirror, and unlabelled; no label near the border is lost. 'inside': patches lie inside every image, as in OTBTF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation fraction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test fraction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same result; another seed gives another random choice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resample sources that do not nest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sources whose pixels are not a whole number of times as large or as small as those of the image, or do not share their edges, are resampled to its grid (bilinear); the others keep their resolution. If not checked, such sources are an error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convert patches images to TFRecords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>patch,patches image,dataset,TFRecord,training,OTBTF,to_tfrecords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes patches images and their labels, made by Extract patches or by OTBTF's PatchesExtraction, into a dataset folder: one subfolder of TFRecords for each split, and a file &lt;i&gt;dataset.json&lt;/i&gt; that describes them.
Patches are assigned to the splits at random: where patches overlap, the same ground is in several splits, and the accuracy reported by training is too high. Export patches and labels as TFRecords avoids that.
Next step: Train a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One or more rasters, each as wide as a patch; their patches are taken in the order of the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches images of labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class values of the same patches in the same order, or one label for each patch in a raster of 1 × n pixels. Pixels with no data are unlabelled. Real numbers (Float32, Float64) are continuous values to learn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches images of source {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches images of a further source: the same patches in the same order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fraction of the patches that the best state of the network is chosen with: the split valid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fraction of the patches that the trained network is evaluated with: the split test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GeoDL: deep learning on rasters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GeoDL is not set up on this computer: run Set up the environment once (menu Plugins, GeoDL). It takes some minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lay patch positions on a regular grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>patch,sample,grid,regular,chessboard,mask,split,OTBTF,PatchesSelection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Places patches at regular steps over the whole image, or inside a mask, and divides them into the splits train, valid and test. Use it where labels cover the whole image, such as a label raster.
All positions have the class 1; the labels are added when the dataset is exported.
Next step: Export patches and labels as TFRecords, with labels from polygons or a raster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to split the patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'split': whole square blocks of the image go to train, valid or test. 'all': all patches go to train. 'chessboard': the black squares go to train, the white ones to valid and test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step (pixels, 0 = patch size)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels from one patch to the next. With a step smaller than the patch size, patches overlap. If a source has larger pixels, the step must be a whole number of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offset (pixels)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column and row of the first pixel of the first patch. If a source has larger pixels, the offset is counted from the edge of the first of them, and must be a whole number of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only patches whose central pixel lies inside one of these features. The layer may be in any CRS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or a mask raster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only patches whose central pixel has a value other than 0 and no-data in the first band.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the blocks or squares. Automatic: three times the patch size, or three times the buffer if that is set; for the chessboard one step, or as many steps as hold three patches if patches overlap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample positions from a label raster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>patch,sample,training,raster,labels,split,OTBTF,LabelImageSampleSelection,PatchesSelection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chooses random pixels that have a class in a label raster. Each is the centre of a patch, the small image that a network learns from. The positions are divided into three splits: &lt;i&gt;train&lt;/i&gt; for learning, &lt;i&gt;valid&lt;/i&gt; for choosing the best state of the network, &lt;i&gt;test&lt;/i&gt; for judging it.
Neighbouring patches look alike, so by default whole square blocks of the image go to one split, and patches of different splits share no pixel; blocks are smaller where labels are few. Positions may lie anywhere in the image.
The label raster may have another grid than the image: the nearest pixel is taken. No-data pixels have no class.
Next step: Export patches and labels as TFRecords.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A raster with one band of integers: the class of each pixel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a sample to judge a map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy,validation,stratified,random,sample,area,points,reference,Olofsson,good practice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draws random points of each class of a map, which you then label from better images or in the field. From them, Evaluate a map tells the accuracy and the area of each class in the whole map, with 95 % intervals that hold (Olofsson et al. 2014). Polygons that were drawn by hand cannot do that.
Open the layer for editing and choose in its form, point by point, the class that you see at the central pixel. The form and the table do not show what the map says there: who knows it tends to agree with it. (It is in the field map_class, for Evaluate a map.) The points are in random order, so that you may stop after any number of them and evaluate what you have.
Do not choose other points instead of hard ones, and do not train with these points.
Next step: Evaluate a map, with this layer as the reference.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard error of the overall accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How precisely you want to know the overall accuracy: its 95 % interval is about ± twice that. Half the standard error takes four times as many points: for a map with 90 % correct pixels, about 900 for 0.01, 225 for 0.02 and 100 for 0.03, and more where there are rare classes. The log tells.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected user's accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your guess how many of the pixels of each class of the map are correct. A guess that is too high gives too few points.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected user's accuracies of single classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guesses for classes that are better or worse than the others, by name or value, such as 'forest=0.95, wetland=0.7'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of points (0 = by the standard error)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many points to draw, if you know how many you can label. The log tells how precise the accuracy will be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points of each class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'mixed': in proportion to the areas, but rare classes get the minimum, so that something can be said about each; as Olofsson et al. advise. 'proportional': in proportion to the areas. 'equal': the same number of each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points of a rare class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 'mixed': what classes get that are too small for as many in proportion to their area. 50 to 100 are usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points lie inside these polygons, and the accuracy is that of the map inside them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points lie inside this extent, and the accuracy is that of the map inside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample to label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard error to expect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample positions from polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>patch,sample,training,polygons,split,OTBTF,PatchesSelection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chooses random pixels inside your labelled polygons, lines or points. Each is the centre of a patch, the small image that a network learns from. The positions are divided into three splits: &lt;i&gt;train&lt;/i&gt; for learning, &lt;i&gt;valid&lt;/i&gt; for choosing the best state of the network, &lt;i&gt;test&lt;/i&gt; for judging it.
Neighbouring patches look alike, so by default whole square blocks of the image go to one split, and patches of different splits share no pixel. Where labels are too few for that, whole polygons go to one split: patches may then overlap, but a patch carries the labels of its own split only. Positions may lie anywhere in the image. Where polygons overlap, the later feature counts.
The layer may be in any CRS.
Next step: Export patches and labels as TFRecords.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples of each class. A handful of polygons per class is enough to begin with; spread them over the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the split 'by field': a text field with the values train, valid or test. Features without a value are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'automatic': spatial blocks where every class keeps enough labels in train and valid; else whole features, or, for a label raster, smaller blocks. The log says what was done and why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'features': whole polygons, lines or points go to train, valid or test; a large polygon that is the only one of its class is cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'spatial blocks': whole square blocks of the image go to train, valid or test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'none': all positions go to train.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'random': each position goes to a split at random; positions too close to another split are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'chessboard': the black squares go to train, the white ones to valid and test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'by field': a field of the layer names the split of each feature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sampling strategy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many positions are taken from each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In all or for each class, depending on the strategy. Fewer are taken where there is not enough room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to split the positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which labels train the network (train), choose its best state (valid) and judge it (test). No label is in two splits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the spatial blocks and of the chessboard's squares. Automatic: three times the patch size, or three times the buffer if that is set, and larger on very large images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fraction of the positions that the best state of the network is chosen with: the split valid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fraction of the positions that the trained network is evaluated with: the split test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block size (pixels, 0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buffer between splits (pixels, 0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions closer than this to a position of another split are left out. The distance is the larger of the differences in columns and rows. Automatic: the patch size, so that patches of different splits share no pixel; between whole features none, since patches share no label; a buffer that you set is kept there only if SPLIT is 'features' or 'by field'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minimum distance between positions (pixels, 0 = none)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No two positions are closer than this. The distance is the larger of the differences in columns and rows: with the patch size, no two patches overlap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out patches with no-data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaves out positions whose patch contains a no-data value in any band of any source, and takes others instead where possible. The outputs say how many pixels were rejected in each source. Rarely needed: pixels without data are never positions, and the network fills a few in a patch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points with the fields class and split, to look at in the map, and for Export patches and labels as TFRecords.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions left out for lack of room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels rejected because of no-data, all sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels rejected because of no-data, by source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes that the worker process is kept after a job, so that the next one starts at once (it takes about 1 GB of memory meanwhile; 0 = it ends at once)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python with TensorFlow (empty = the environment of GeoDL)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory that maps may use, in MB, unless their dialog says otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tensorflow,keras,install,pip,venv,python,GPU,CUDA,offline,proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installs TensorFlow and what else GeoDL needs, once. It goes into an environment of its own outside QGIS, made from QGIS's own Python: QGIS and its plugins are left as they are.
About 2 GB are installed (8 GB with the build for NVIDIA GPUs), which takes some minutes. You may cancel it: the next run goes on from there. Run it again after an update of GeoDL or QGIS, or when &lt;i&gt;Check the environment&lt;/i&gt; finds something wrong: it installs only what is missing or damaged, and if nothing is, it says so.
Each QGIS on a computer has an environment of its own. That of a QGIS which was removed or updated goes over to the next QGIS with the same version of Python, without a download.
The proxy of QGIS's options and the configuration of pip are honoured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TensorFlow for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'automatic': for the GPU on Linux with an NVIDIA driver, else for the processor. 'processor': small, runs everywhere. 'gpu': with NVIDIA's CUDA libraries, on Linux (x86-64) only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the environment (empty = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the environment is kept: a new folder, an empty one, or one that this algorithm made. If left empty: {folder}. Any other folder is remembered for all later runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of wheels (empty = from the network)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installs without network, from a folder with all packages as wheel files. If one is missing, the message says by which command the folder is filled on another computer. If left empty: the packages come from the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting {setting}, which named {python}, was removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The variable {variable} names {python}, which is used instead of the environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0: as in training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1: the limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above 1: do not trust the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggest where to label next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>active learning,uncertainty,confidence,entropy,labels,training,annotation,suggest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows where further labels would help a network most: where its map is uncertain, in all of its classes (rare ones get more than their share), spread over the image and away from what is labelled already.
Open the layer for editing and choose in its form the class of each place; delete those that you cannot tell, or that show several classes. Then train again with the old labels and these (Merge vector layers): features without a class are left out. It helps most once each class has a dozen labels or more; with very few, random places are nearly as good.
These places are the hard ones: do not judge the map by them. Draw a sample to judge a map is for that.
Next step: Sample patch positions from a vector layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The raster of confidence that was made with the map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The raster of unfamiliarity that was made with the map: places that the network has never seen the like of are suggested as well, however certain it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Existing labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is labelled already, in any CRS. Suggestions lie elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As many as you want to label now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape of the places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'squares': small polygons, which label all of their pixels and can be merged with other polygons; change their outline where it does not fit. 'points': of one pixel each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the squares (pixels)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 'squares'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minimum distance between places (pixels, 0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As far as there is room. Automatic: half the distance of as many places on a regular grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Places to label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean uncertainty of the places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean uncertainty of the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Places of each class of the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train a network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deep learning,neural network,training,U-Net,FCNN,TensorFlow,Keras,segmentation,regression,fine-tuning,OTBTF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trains a network on a dataset folder and saves it as a model folder. The network predicts what the dataset holds: classes, or continuous values such as tree cover.
The image values are normalised inside the network, and unlabelled pixels are ignored. The network of the epoch with the lowest loss on the split &lt;i&gt;valid&lt;/i&gt; is saved, its probabilities being calibrated. The report shows the learning curves and the accuracy on the splits valid and test.
The network is compared with one that sees single pixels. If it is worse, it is replaced, and a warning says so.
Several datasets, one a scene, train one network: scenes may be of other places or dates, and need not have all classes.
Without a GPU, training takes some minutes; the effort &lt;i&gt;quick&lt;/i&gt; takes less.
The architecture &lt;i&gt;custom&lt;/i&gt; runs the Python file that you choose: only use files that you trust.
Next step: Apply a model to a raster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new folder; an existing one is replaced if this algorithm made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page with the learning curves and the accuracy of each class. It lies in the model folder as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model's file saved_model.pb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison with single pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invalid {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole numbers greater than 0, such as 16,32,64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Effort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long to train, and how large a network. 'standard': the usual network; without a GPU some minutes. 'quick': a smaller one, in a fraction of the time, to see whether the labels are good. 'thorough': a larger one as well, trained for longer, which takes some five times as long; the better of both is saved, and the report says which. A step is timed on this computer first: with many patches, fewer epochs are trained. WIDTH, DEPTH and EPOCHS that you set are used as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs (0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maximum number of passes over the training patches; 0: by the effort, 8 for 'standard' unless that would take very long. Training stops earlier if the network no longer improves, see PATIENCE. With few patches, an epoch is several passes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of patches that are processed at the same time. Choose a smaller number if there is not enough memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate (0 = automatic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How strongly each step changes the network. This is the maximum, which is reached after a few steps; then the rate decreases towards 0. Automatic: 0.002 for classes, 0.01 for values, 0.001 for networks that were trained before (INIT_MODEL, BACKBONE_WEIGHTS).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the weights of the network small, so that it does not memorise the training patches (overfitting).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss function to minimise: how the errors of the network are measured. 'automatic': cross entropy for classes, and for values the Huber loss, on which large errors have a limited influence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the pixels of each class count. 'automatic': all the same, unless a class has less than a tenth of the labelled pixels of another; then rarer classes count more, by the square root of their rarity. 'none': all labelled pixels count the same. 'balanced': all classes count the same, however few pixels they have. 'given': as in the next parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given class weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For class weights 'given': names and weights such as water=2, forest=0.5. Other classes have the weight 1. Names with commas need quotes: "forest, dense"=2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random changes of the training patches, new ones in each epoch, so that the network learns more from few polygons. 'automatic': for classes {of_classes}; for values {of_values}. {kinds} An empty list: no changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience (epochs, 0 = no early stop)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the training after this number of epochs in which the loss on the split valid did not decrease.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A network that sees single pixels is trained as well, within seconds, and compared with yours on the split valid: the report says how much the surroundings of a pixel help. 'fall back': if your network is worse, a smaller one is trained, and if that is worse, too, the one of single pixels is saved; a warning says so. 'compare': your network is saved in any case. 'none': no comparison. Custom networks and those that are trained further are never replaced, and one that has learned from single pixels only if labels in five places or more show that it is worse, or if it does not find a class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train again with the labels of valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons that validate do not train. Where they are few, it is better to train the network a second time with all of them once it is judged, and to save that one; the figures stay those of the first. 'automatic': where whole polygons, lines or points were split, as Sample positions does where labels are few. It takes as long again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels without labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the network learns where you have drawn nothing. 'as single pixels': what the network of single pixels tells there; your labels weigh twice as much as all of that. It cannot learn your few places by heart then. 'nothing': only labels count. 'automatic': as single pixels where labels are few, so that whole polygons, lines or points were split. Without a comparison with single pixels: nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number format of the computations in training. The mixed formats need less memory and are faster on hardware that supports them: 'mixed bfloat16' on recent GPUs, 'mixed float16' on older ones. 'bfloat16': only convolutions, on processors with AMX. 'automatic': that where the network is so large that it is faster, such as 'unet', otherwise float32; the log says which. The network is saved in float32.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'automatic': all GPUs, or the processor if there is none; outside QGIS also all processes that TF_CONFIG or Slurm define. 'gpu': the first GPU. 'cpu': the processor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crops of the outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only for using the SavedModel with OTBTF: further outputs without this number of pixels at each side, named predictions_crop16 and so on. GeoDL does not need them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a checkpoint after each epoch, in a hidden folder beside the model folder, and continue from there if an earlier run with the same parameters and dataset was interrupted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the best model when cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you cancel the training, the network of the best epoch so far is saved. Otherwise a cancelled training saves nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write logs for TensorBoard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The logs are written to the folder logs in the model folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raster layers, or files that exist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change between two dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maps two images of the same pixels with one network, and compares the maps. A value of the map of change is 1000 × the class of the first date + that of the second; the table tells how many pixels and hectares went from which class to which. Errors of both maps look like change: judge the map of change by a sample (Draw a sample to judge a map).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One raster, or several on the same grid, whose bands are stacked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likewise, with the pixels of the first image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder that Train a network made. Its classes have values up to 999.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map of the first date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map of the second date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image of the first date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image of the second date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From-to table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map and sample to judge it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maps an image with a trained network, and draws a stratified random sample of the map. Fill in the classes that you see at its points; then Evaluate a map, with the sample as the reference, tells the accuracy and the areas of the whole map with 95 % intervals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder that Train a network made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The 95 % interval of the overall accuracy is about ± twice that. Half of it takes four times as many points.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map and where to label next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maps an image with a trained network, and shows where further labels would help it most. Fill in the classes of these places, merge them with the old labels, train again, and run this again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is labelled already: suggestions lie elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map land cover from polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples patches inside the training polygons, trains a network on them, maps the whole image and, if there are reference polygons, scores the map against them, outside the training polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes over the training patches, at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the training patches, a multiple of 16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons of each class, spread over the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons whose class is known and that were not used for training. Without them and their class field, the map is not scored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needed if there are reference polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference polygons for the accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class field of the reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map land cover polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples patches inside the training polygons, trains a network on them, maps the whole image, removes areas that are too small, and makes polygons of the map, with the value and the name of their class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller areas are given to the largest area beside them: the minimum mapping unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minimum area (pixels)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map values from a raster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trains a network on a raster of continuous values that covers a part of an image, such as tree cover in percent, and maps these values for the whole image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A raster with one band of real numbers, in any CRS and resolution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster of known values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train on several scenes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples patches inside the polygons of three images, merges them and trains one network on all of them. Classes are united by name; an image need not have all of them. For more images, copy the steps in the model designer and add their datasets to those that are merged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images with the same bands in the same order, of other places or dates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons on the first image; each image has a layer of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'as they are': each image gives patches for training, validation and test. 'by scene': the scenes for the test are kept out of training as a whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 'by scene': numbers of the images, such as 3, with commas between.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class field 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class field 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class field 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training polygons 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training polygons 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training polygons 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>U-Net whose encoder is a network of Keras' collection (BACKBONE), which can start from weights that were trained on photographs: for images of very high resolution in which objects show many details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The small network of OTBTF's tutorial: many times faster than 'unet' but with coarser borders, for very large areas and many polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One label for each patch instead of each pixel: for labels that are points or whole scenes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each pixel by its own values only, as a random forest does: trained in seconds, for classes that differ in colour and not in texture or shape, and for very few or very small polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>U-Net with residual blocks: for large data sets, and for objects that are recognised by their surroundings. Slower than 'unet'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For images of many dates: learns the course of the year, leaves out the dates that are missing in a pixel (clouds), and looks at few pixels around.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>U-Net: follows fine borders and learns from few polygons. A good first choice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the number of positions is shared equally among the classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every labelled pixel is a position, whatever the number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each class gets the number of positions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the number of positions is shared in proportion to the areas of the classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>patches lie side by side, one wherever the central pixel is labelled, whatever the number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches become a little brighter or darker, as a whole and band by band, and their contrast changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rectangle of each patch is taken from another one, with its labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches are flipped and rotated by multiples of 90°; pixels keep their values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each patch is blended with another one, images and labels alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small random number is added to every pixel of every band.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patches are rotated by any angle, which blurs them slightly and leaves their corners without labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For classes: the usual choice, every labelled pixel counts the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For classes: pixels that are hard to classify count more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For classes: compares areas instead of pixels, so that each class counts the same, however small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For classes: the sum of both, for small classes and exact borders at the same time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For values: large errors count far more than small ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For values: errors count in proportion to their size, so that single wrong labels do little harm.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>library</name>
    <message>
        <source>Expected: {text}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received: {text}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its last step: {step}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its last lines:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(none)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled: no output was written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
