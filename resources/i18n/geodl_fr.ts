<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>GeoDL</name>
    <message>
        <source>Apply a model to a raster</source>
        <translation>Appliquer un modèle à un raster</translation>
    </message>
    <message>
        <source>deep learning,inference,prediction,segmentation,classification,map,OTBTF,TensorflowModelServe</source>
        <translation>apprentissage profond,inférence,prédiction,segmentation,classification,carte,OTBTF,TensorflowModelServe</translation>
    </message>
    <message>
        <source>Makes a map of a raster of any size with a trained model. The raster is processed in blocks. Their size and overlap are chosen for the network, so that the map has no seams, does not depend on the block size except for rounding, and covers the image up to its border.
The map contains class names, colours and its no-data value. Pixels without data in the image have no data in the map. A model of continuous values, such as tree cover, maps these values (Float32, no data is NaN).
Models from other software work as well: SavedModels, such as those of OTBTF, and Keras files. How far they look around a pixel is then measured. A model can contain program code: use only models from people you trust.
Next step: Evaluate a map.</source>
        <translation>Produit la carte d'un raster de taille quelconque avec un modèle entraîné. Le raster est traité par blocs. Leur taille et leur recouvrement sont choisis selon le réseau, de sorte que la carte n'a pas de raccords visibles, ne dépend pas de la taille des blocs, aux arrondis près, et couvre l'image jusqu'à son bord.
La carte contient les noms des classes, leurs couleurs et sa valeur nodata. Les pixels sans données dans l'image le sont aussi dans la carte. Un modèle de valeurs continues, comme le couvert arboré, cartographie ces valeurs (Float32, nodata : NaN).
Les modèles d'autres logiciels conviennent aussi : les SavedModel, comme ceux d'OTBTF, et les fichiers Keras. L'étendue de ce qu'ils regardent autour d'un pixel est alors mesurée. Un modèle peut contenir du code : n'utilisez que ceux de personnes de confiance.
Étape suivante : Évaluer une carte.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>A folder made by Train a network, or a SavedModel folder. For a Keras file, type its path (….keras).</source>
        <translation>Un dossier produit par Entraîner un réseau, ou un dossier SavedModel. Pour un fichier Keras, saisissez son chemin (….keras).</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Sortie</translation>
    </message>
    <message>
        <source>What the map holds.</source>
        <translation>Ce que contient la carte.</translation>
    </message>
    <message>
        <source>one band with the value of the most probable class; of a model of continuous values, the values.</source>
        <translation>une bande avec la valeur de la classe la plus probable ; pour un modèle de valeurs continues, ces valeurs.</translation>
    </message>
    <message>
        <source>one band for each class, from 0 to 1.</source>
        <translation>une bande par classe, de 0 à 1.</translation>
    </message>
    <message>
        <source>the same in small files, stored as 0 to 250 with a scale of 0.004, which QGIS shows as 0 to 1.</source>
        <translation>la même chose en fichiers plus petits, de 0 à 250 avec un facteur de 0,004, que QGIS affiche de 0 à 1.</translation>
    </message>
    <message>
        <source>the numbers that the network gives, as Float32, for any output of any model.</source>
        <translation>les nombres que donne le réseau, en Float32, pour n'importe quelle sortie de n'importe quel modèle.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>A GeoTIFF on the grid of the first image, with the names and colours of the classes in it.</source>
        <translation>Un GeoTIFF sur la grille de la première image, qui contient les noms et les couleurs des classes.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confiance</translation>
    </message>
    <message>
        <source>A raster that shows how certain the map is, with two bands: the highest class probability, and the normalised entropy of all classes (0: certain, 1: all classes are equally probable). Not for models of continuous values.</source>
        <translation>Un raster qui montre à quel point la carte est sûre, en deux bandes : la plus forte probabilité de classe, et l'entropie normalisée de toutes les classes (0 : certain, 1 : toutes les classes sont également probables). Pas pour les modèles de valeurs continues.</translation>
    </message>
    <message>
        <source>Unfamiliarity</source>
        <translation>Étrangeté</translation>
    </message>
    <message>
        <source>A raster that shows where the network has never been, however certain it is: how far what it sees is from everything that it was trained on. 0: the same; 1: as far as labelled pixels hardly ever are; above 1: do not trust the map there, and draw polygons there. For models made by this version of Train a network.</source>
        <translation>Un raster qui montre où le réseau se trouve en terrain inconnu, si sûr qu'il soit : à quelle distance ce qu'il voit se trouve de tout ce qui l'a entraîné. 0 : identique ; 1 : aussi loin que le sont rarement les pixels étiquetés ; au-dessus de 1 : ne vous fiez pas à la carte et dessinez-y des polygones. Pour les modèles produits par cette version d'Entraîner un réseau.</translation>
    </message>
    <message>
        <source>Receptive field used</source>
        <translation>Champ récepteur utilisé</translation>
    </message>
    <message>
        <source>Expression field used</source>
        <translation>Champ d'expression utilisé</translation>
    </message>
    <message>
        <source>Crop used</source>
        <translation>Rognage utilisé</translation>
    </message>
    <message>
        <source>Names of the classes by value (JSON)</source>
        <translation>Noms des classes par valeur (JSON)</translation>
    </message>
    <message>
        <source>Class map</source>
        <translation>Carte de classes</translation>
    </message>
    <message>
        <source>Output of the network</source>
        <translation>Sortie du réseau</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>Probabilités</translation>
    </message>
    <message>
        <source>Choose the sources in the order of the model's inputs. The map is aligned with the first image.</source>
        <translation>Choisissez les sources dans l'ordre des entrées du modèle. La carte est alignée sur la première image.</translation>
    </message>
    <message>
        <source>Receptive field (pixels, 0 = automatic)</source>
        <translation>Champ récepteur (pixels, 0 = automatique)</translation>
    </message>
    <message>
        <source>Width and height, in pixels of the image, of what is read for a block: SCALE × (EFIELD + 2 × CROP). For patch-based models, of a patch. 0: chosen for the network.</source>
        <translation>Largeur et hauteur, en pixels de l'image, de ce qui est lu pour un bloc : SCALE × (EFIELD + 2 × CROP). Pour les modèles par imagette, celles d'une imagette. 0 : choisi selon le réseau.</translation>
    </message>
    <message>
        <source>Expression field (pixels, 0 = automatic)</source>
        <translation>Champ d'expression (pixels, 0 = automatique)</translation>
    </message>
    <message>
        <source>Width and height, in pixels of the map, of what a block contributes to the map: a multiple of the network's total stride, which Inspect a model shows. 0: chosen for the network.</source>
        <translation>Largeur et hauteur, en pixels de la carte, de ce qu'un bloc apporte à la carte : un multiple du pas total du réseau, que montre Inspecter un modèle. 0 : choisi selon le réseau.</translation>
    </message>
    <message>
        <source>Crop (pixels, 0 = automatic)</source>
        <translation>Rognage (pixels, 0 = automatique)</translation>
    </message>
    <message>
        <source>Pixels at each border of a block that are computed but not used, since the network has too little context there: a multiple of the total stride, at least the valid margin, which Inspect a model shows. 0: chosen for the network.</source>
        <translation>Pixels calculés mais non utilisés à chaque bord d'un bloc, où le réseau manque de contexte : un multiple du pas total, au moins égal à la marge valide, que montre Inspecter un modèle. 0 : choisi selon le réseau.</translation>
    </message>
    <message>
        <source>Outputs of the model</source>
        <translation>Sorties du modèle</translation>
    </message>
    <message>
        <source>Names of outputs, separated by commas; several are stacked as bands (output 'raw'). Inspect a model lists them. Empty: the model's main output, or the first in alphabetical order.</source>
        <translation>Noms de sorties, séparés par des virgules ; plusieurs sont empilées en bandes (sortie 'raw'). Inspecter un modèle les énumère. Vide : la sortie principale du modèle, ou la première dans l'ordre alphabétique.</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Mode</translation>
    </message>
    <message>
        <source>How the network is applied to the image.</source>
        <translation>Comment le réseau est appliqué à l'image.</translation>
    </message>
    <message>
        <source>by the shape of the model's output.</source>
        <translation>selon la forme de la sortie du modèle.</translation>
    </message>
    <message>
        <source>the network turns an image into an image.</source>
        <translation>le réseau transforme une image en une image.</translation>
    </message>
    <message>
        <source>it gives one answer for a small image, a patch, so it is applied to the patch around each pixel of the map.</source>
        <translation>il donne une réponse pour une petite image, l'imagette ; il est donc appliqué à l'imagette autour de chaque pixel de la carte.</translation>
    </message>
    <message>
        <source>Scale (0 = automatic)</source>
        <translation>Facteur d'échelle (0 = automatique)</translation>
    </message>
    <message>
        <source>Pixel size of the map divided by that of the image: 2, 3, … for a coarser map, 0.5, 0.25, … for a finer one. For patch-based models, the distance between patches in pixels. 0: that of the network.</source>
        <translation>Taille de pixel de la carte divisée par celle de l'image : 2, 3… pour une carte plus grossière, 0,5 ou 0,25… pour une carte plus fine. Pour les modèles par imagette, la distance entre imagettes en pixels. 0 : celle du réseau.</translation>
    </message>
    <message>
        <source>Values of other inputs</source>
        <translation>Valeurs des autres entrées</translation>
    </message>
    <message>
        <source>For models that take other inputs than images: name=value, separated by semicolons, such as k=2.5; flag=true; v=(1.2, 4).</source>
        <translation>Pour les modèles qui ont d'autres entrées que des images : nom=valeur, séparés par des points-virgules, par exemple k=2.5; flag=true; v=(1.2, 4).</translation>
    </message>
    <message>
        <source>Number type of the computation. With numbers of 16 bits about one pixel in a thousand may get another class, and probabilities may differ by 0.02. On devices without support float32 is used; the log says what was used.</source>
        <translation>Type de nombres du calcul. Avec des nombres de 16 bits, environ un pixel sur mille peut changer de classe, et les probabilités peuvent différer de 0,02. Sur un matériel sans les unités voulues, float32 est utilisé ; le journal dit ce qui l'a été.</translation>
    </message>
    <message>
        <source>the most exact: maps of different computers are the same but for rounding.</source>
        <translation>le plus exact : les cartes de différents ordinateurs sont les mêmes, aux arrondis près.</translation>
    </message>
    <message>
        <source>faster on processors with AMX.</source>
        <translation>plus rapide sur les processeurs dotés d'AMX.</translation>
    </message>
    <message>
        <source>faster on GPUs.</source>
        <translation>plus rapide sur les GPU.</translation>
    </message>
    <message>
        <source>numbers of 16 bits where that is expected to be much faster, that is for large networks on a device with units for it, otherwise float32; maps by 'unet' take half the time on processors with AMX.</source>
        <translation>des nombres de 16 bits là où c'est censé être bien plus rapide, c'est-à-dire pour les grands réseaux sur un matériel qui a les unités voulues, sinon float32 ; les cartes de 'unet' prennent moitié moins de temps sur les processeurs dotés d'AMX.</translation>
    </message>
    <message>
        <source>Memory (MB)</source>
        <translation>Mémoire (Mo)</translation>
    </message>
    <message>
        <source>How much memory may be used, approximately. More memory allows larger blocks (up to 1024 pixels), which take less time.</source>
        <translation>Quantité de mémoire utilisable, environ. Plus de mémoire permet des blocs plus grands (jusqu'à 1024 pixels), qui demandent moins de temps.</translation>
    </message>
    <message>
        <source>Orientations to average (TTA)</source>
        <translation>Orientations à moyenner (TTA)</translation>
    </message>
    <message>
        <source>The network is applied to the image in several orientations, and the mean of the probabilities (or values) is mapped. This is often a little more accurate, and takes 2, 4 or 8 times as long. For networks that were trained with flips and turns, as they are by default.</source>
        <translation>Le réseau est appliqué à l'image dans plusieurs orientations, et c'est la moyenne des probabilités (ou des valeurs) qui est cartographiée. C'est souvent un peu plus précis, et 2, 4 ou 8 fois plus long. Pour les réseaux entraînés avec retournements et rotations, comme ils le sont par défaut.</translation>
    </message>
    <message>
        <source>the image as it is.</source>
        <translation>l'image telle quelle.</translation>
    </message>
    <message>
        <source>also mirrored left-right.</source>
        <translation>aussi en miroir gauche-droite.</translation>
    </message>
    <message>
        <source>mirrored along both axes.</source>
        <translation>en miroir selon les deux axes.</translation>
    </message>
    <message>
        <source>all flips and turns by right angles.</source>
        <translation>tous les retournements et toutes les rotations d'angle droit.</translation>
    </message>
    <message>
        <source>Further models</source>
        <translation>Autres modèles</translation>
    </message>
    <message>
        <source>Models of the same classes (or of the same quantity) for the same bands, such as networks that were trained with other seeds or architectures. The mean of the probabilities (or values) of all models is mapped. Each takes as long as one alone. Choose the file saved_model.pb in each model folder, or a Keras file (….keras); the paths of the folders are accepted as well.</source>
        <translation>Des modèles des mêmes classes (ou de la même grandeur) pour les mêmes bandes, par exemple des réseaux entraînés avec d'autres graines ou d'autres architectures. C'est la moyenne des probabilités (ou des valeurs) de tous les modèles qui est cartographiée. Chacun prend autant de temps que s'il était seul. Choisissez le fichier saved_model.pb de chaque dossier de modèle, ou un fichier Keras (….keras) ; les chemins des dossiers conviennent aussi.</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Bords</translation>
    </message>
    <message>
        <source>How the image is continued beyond its border.</source>
        <translation>Comment l'image est prolongée au-delà de son bord.</translation>
    </message>
    <message>
        <source>mirrored.</source>
        <translation>en miroir.</translation>
    </message>
    <message>
        <source>with zeros.</source>
        <translation>par des zéros.</translation>
    </message>
    <message>
        <source>not at all, so the map is a little smaller than the image, as in OTBTF.</source>
        <translation>pas du tout ; la carte est alors un peu plus petite que l'image, comme avec OTBTF.</translation>
    </message>
    <message>
        <source>No-data value of the images</source>
        <translation>Valeur nodata des images</translation>
    </message>
    <message>
        <source>A number, for bands without a no-data value of their own.</source>
        <translation>Un nombre, pour les bandes qui n'ont pas leur propre valeur nodata.</translation>
    </message>
    <message>
        <source>No-data value of the map</source>
        <translation>Valeur nodata de la carte</translation>
    </message>
    <message>
        <source>A number. Empty: 0 for classes, or the highest value of the data type if 0 is a class; -1 for probabilities, 255 for probabilities (uint8), NaN for other numbers.</source>
        <translation>Un nombre. Vide : 0 pour les classes, ou la plus grande valeur du type de données si 0 est une classe ; -1 pour les probabilités, 255 pour les probabilités (uint8), NaN pour les autres nombres.</translation>
    </message>
    <message>
        <source>Extent of the map</source>
        <translation>Emprise de la carte</translation>
    </message>
    <message>
        <source>Only pixels that overlap this extent are mapped. They have the same values as in a map of the whole image.</source>
        <translation>Seuls les pixels qui touchent cette emprise sont cartographiés. Ils ont les mêmes valeurs que dans une carte de toute l'image.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Masque</translation>
    </message>
    <message>
        <source>Only pixels whose centre is in one of these polygons are mapped. All others have no data.</source>
        <translation>Seuls les pixels dont le centre est dans l'un de ces polygones sont cartographiés. Tous les autres sont sans données.</translation>
    </message>
    <message>
        <source>Minimum area (pixels of the map)</source>
        <translation>Surface minimale (pixels de la carte)</translation>
    </message>
    <message>
        <source>For maps of classes. Areas of a class with fewer pixels are given to the largest area beside them, so that the map has fewer specks. An area is pixels of one class that are joined by their sides, as in a polygon made of the map. Areas that are surrounded by no-data stay, and so do those that have only small neighbours. The confidence is that of the network's own classes. 0: all areas stay.</source>
        <translation>Pour les cartes de classes. Les zones d'une classe qui ont moins de pixels sont attribuées à la plus grande zone voisine, pour que la carte soit moins mouchetée. Une zone est formée de pixels d'une même classe qui se touchent par un côté, comme dans un polygone tiré de la carte. Les zones entourées de nodata restent, de même que celles qui n'ont que de petites voisines. La confiance est celle des classes données par le réseau. 0 : toutes les zones restent.</translation>
    </message>
    <message>
        <source>Creation options</source>
        <translation>Options de création</translation>
    </message>
    <message>
        <source>Creation options of GDAL, separated by |, such as COMPRESS=ZSTD|ZSTD_LEVEL=9. They override the defaults (tiled, DEFLATE). Options that would change classes, such as COMPRESS=JPEG, are refused. Each map is read back and compared before it is kept.</source>
        <translation>Options de création de GDAL, séparées par |, par exemple COMPRESS=ZSTD|ZSTD_LEVEL=9. Elles priment sur les options par défaut (tuilé, DEFLATE). Celles qui changeraient les classes, comme COMPRESS=JPEG, sont refusées. Chaque carte est relue et comparée avant d'être conservée.</translation>
    </message>
    <message>
        <source>Cloud-optimised GeoTIFF</source>
        <translation>GeoTIFF optimisé pour le cloud (COG)</translation>
    </message>
    <message>
        <source>A file of which web servers can send parts. Takes twice the disk space while it is made.</source>
        <translation>Un fichier dont les serveurs web peuvent envoyer des parties. Occupe deux fois plus d'espace disque pendant sa création.</translation>
    </message>
    <message>
        <source>Build overviews</source>
        <translation>Construire des aperçus (pyramides)</translation>
    </message>
    <message>
        <source>Smaller copies within the file, with which QGIS displays large maps faster.</source>
        <translation>Des copies plus petites dans le fichier, avec lesquelles QGIS affiche plus vite les grandes cartes.</translation>
    </message>
    <message>
        <source>Keep finished blocks, and resume from them</source>
        <translation>Conserver les blocs terminés pour pouvoir reprendre</translation>
    </message>
    <message>
        <source>Finished blocks are kept in a hidden folder beside the map until the map is complete. After a crash, or when a run was cancelled, run the algorithm again with the same parameters to resume it; the map is the same as that of an uninterrupted run. Other models, images and parameters are refused, except for MEMORY and the format of the file. Not for temporary outputs.</source>
        <translation>Les blocs terminés sont conservés dans un dossier caché à côté de la carte jusqu'à ce qu'elle soit complète. Après un plantage ou une annulation, relancez l'algorithme avec les mêmes paramètres pour le reprendre ; la carte est la même que sans interruption. D'autres modèles, images ou paramètres sont refusés, sauf MEMORY et le format du fichier. Pas pour les sorties temporaires.</translation>
    </message>
    <message>
        <source>2 Sampling</source>
        <translation>2 Échantillonnage</translation>
    </message>
    <message>
        <source>3 Datasets</source>
        <translation>3 Jeux de données</translation>
    </message>
    <message>
        <source>4 Models</source>
        <translation>4 Modèles</translation>
    </message>
    <message>
        <source>5 Maps</source>
        <translation>5 Cartes</translation>
    </message>
    <message>
        <source>6 Environment</source>
        <translation>6 Environnement</translation>
    </message>
    <message>
        <source>1 All steps in one</source>
        <translation>1 Toutes les étapes en une</translation>
    </message>
    <message>
        <source>Check the environment</source>
        <translation>Vérifier l'environnement</translation>
    </message>
    <message>
        <source>tensorflow,keras,python,interpreter,version,GPU,CUDA,device,diagnosis,error,issue,report</source>
        <translation>tensorflow,keras,python,interpréteur,version,GPU,CUDA,périphérique,diagnostic,erreur,problème,rapport</translation>
    </message>
    <message>
        <source>Tries whether GeoDL's jobs can run: rasters are written and read, TensorFlow is loaded, each device computes, and a tiny network is trained, saved, loaded and applied. It takes about half a minute. If something does not work, it says why and what to do.
It makes a &lt;b&gt;diagnosis&lt;/b&gt;: the steps with their times, the versions of TensorFlow and all else that matters, the processor and the GPUs, the libraries. The report has a button that copies it, to be sent with an issue; your name, your home folder and the computer's name are left out.
The Python is the first that has all that is needed of: the variable GEODL_PYTHON; the options (Processing, Providers, GeoDL); the setting geodl/python; the environment made by &lt;i&gt;Set up the environment&lt;/i&gt;; QGIS's own Python.</source>
        <translation>Essaie si les tâches de GeoDL peuvent s'exécuter : des rasters sont écrits et lus, TensorFlow est chargé, chaque périphérique calcule, et un tout petit réseau est entraîné, enregistré, chargé et appliqué. Cela prend environ une demi-minute. Si quelque chose ne fonctionne pas, le résultat dit pourquoi et que faire.
Il en résulte un &lt;b&gt;diagnostic&lt;/b&gt; : les étapes et leur durée, les versions de TensorFlow et de tout ce qui compte, le processeur et les GPU, les bibliothèques. Le rapport a un bouton qui le copie, pour l'envoyer avec la description d'un problème ; votre nom, votre dossier personnel et le nom de l'ordinateur n'y figurent pas.
Le Python retenu est le premier qui a tout ce qu'il faut parmi : la variable GEODL_PYTHON ; les options (Traitements, Fournisseurs, GeoDL) ; le réglage geodl/python ; l'environnement créé par &lt;i&gt;Installer l'environnement&lt;/i&gt; ; le Python de QGIS.</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>Diagnostic</translation>
    </message>
    <message>
        <source>A page with the diagnosis. In qgis_process, the run fails if something does not work; the page is written in that case, too, and the message says where it is.</source>
        <translation>Une page avec le diagnostic. Dans qgis_process, l'exécution échoue si quelque chose ne fonctionne pas ; la page est écrite dans ce cas aussi, et le message dit où elle se trouve.</translation>
    </message>
    <message>
        <source>Whether everything works</source>
        <translation>Tout fonctionne</translation>
    </message>
    <message>
        <source>What to do, and what does not work</source>
        <translation>Que faire, et ce qui ne fonctionne pas</translation>
    </message>
    <message>
        <source>Python interpreter</source>
        <translation>Interpréteur Python</translation>
    </message>
    <message>
        <source>Version of TensorFlow</source>
        <translation>Version de TensorFlow</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Périphériques</translation>
    </message>
    <message>
        <source>All of it as text</source>
        <translation>L'ensemble en texte</translation>
    </message>
    <message>
        <source>All of it as JSON</source>
        <translation>L'ensemble en JSON</translation>
    </message>
    <message>
        <source>Class statistics</source>
        <translation>Statistiques par classe</translation>
    </message>
    <message>
        <source>classes,polygons,pixels,balance,statistics,OTB,PolygonClassStatistics</source>
        <translation>classes,polygones,pixels,équilibre,statistiques,OTB,PolygonClassStatistics</translation>
    </message>
    <message>
        <source>Counts the features and the pixels of each class, to see whether the classes are balanced and whether features overlap or are too small.
The labels are polygons, lines or points in any CRS, or a raster of classes.
Next step: Sample positions from polygons.</source>
        <translation>Compte les entités et les pixels de chaque classe, pour voir si les classes sont équilibrées et si des entités se chevauchent ou sont trop petites.
Les étiquettes sont des polygones, des lignes ou des points dans n'importe quel SCR, ou un raster de classes.
Étape suivante : Échantillonner des positions dans des polygones.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>The raster whose pixels are counted.</source>
        <translation>Le raster dont les pixels sont comptés.</translation>
    </message>
    <message>
        <source>Labelled polygons, lines or points</source>
        <translation>Polygones, lignes ou points étiquetés</translation>
    </message>
    <message>
        <source>Or a label raster</source>
        <translation>Ou un raster d'étiquettes</translation>
    </message>
    <message>
        <source>Examples of each class, in any CRS.</source>
        <translation>Des exemples de chaque classe, dans n'importe quel SCR.</translation>
    </message>
    <message>
        <source>Class statistics report</source>
        <translation>Rapport de statistiques par classe</translation>
    </message>
    <message>
        <source>A page with the features and the pixels of each class.</source>
        <translation>Une page avec les entités et les pixels de chaque classe.</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Classes</translation>
    </message>
    <message>
        <source>Labelled pixels</source>
        <translation>Pixels étiquetés</translation>
    </message>
    <message>
        <source>Pixels of the smallest class</source>
        <translation>Pixels de la plus petite classe</translation>
    </message>
    <message>
        <source>Pixels in several features</source>
        <translation>Pixels dans plusieurs entités</translation>
    </message>
    <message>
        <source>Table of the classes</source>
        <translation>Tableau des classes</translation>
    </message>
    <message>
        <source>In the dialog, choose the file dataset.json of each folder, or add a directory that holds only dataset folders. Elsewhere the folders themselves will do.</source>
        <translation>Dans la boîte de dialogue, choisissez le fichier dataset.json de chaque dossier, ou ajoutez un répertoire qui ne contient que des dossiers de jeux de données. Ailleurs, les dossiers eux-mêmes suffisent.</translation>
    </message>
    <message>
        <source>Splits of the scenes</source>
        <translation>Partitions des scènes</translation>
    </message>
    <message>
        <source>Of several scenes: which patches train, validate and test.</source>
        <translation>De plusieurs scènes : quelles imagettes entraînent, valident et testent.</translation>
    </message>
    <message>
        <source>each scene keeps its patches for training, validation and test.</source>
        <translation>chaque scène garde ses imagettes d'apprentissage, de validation et de test.</translation>
    </message>
    <message>
        <source>whole scenes validate and test, all others train. The figures then tell how good the network is where it has never been.</source>
        <translation>des scènes entières valident et testent, toutes les autres entraînent. Les chiffres disent alors ce que vaut le réseau là où il n'est jamais allé.</translation>
    </message>
    <message>
        <source>Scenes for validation</source>
        <translation>Scènes de validation</translation>
    </message>
    <message>
        <source>For 'by scene': the scenes that the best state of the network is chosen with, separated by commas: names of dataset folders, or their numbers in the list of datasets, from 1.</source>
        <translation>Pour 'by scene' : les scènes avec lesquelles est choisi le meilleur état du réseau, séparées par des virgules : noms de dossiers de jeux de données, ou leurs numéros dans la liste, à partir de 1.</translation>
    </message>
    <message>
        <source>Scenes for the test</source>
        <translation>Scènes de test</translation>
    </message>
    <message>
        <source>For 'by scene': the scenes that the trained network is evaluated with, separated by commas: names of dataset folders, or their numbers in the list of datasets, from 1.</source>
        <translation>Pour 'by scene' : les scènes avec lesquelles le réseau entraîné est évalué, séparées par des virgules : noms de dossiers de jeux de données, ou leurs numéros dans la liste, à partir de 1.</translation>
    </message>
    <message>
        <source>Weights of the scenes</source>
        <translation>Poids des scènes</translation>
    </message>
    <message>
        <source>Of several scenes: how much each counts in training.</source>
        <translation>De plusieurs scènes : combien chacune compte dans l'apprentissage.</translation>
    </message>
    <message>
        <source>all patches count the same, so that large scenes count more.</source>
        <translation>toutes les imagettes comptent autant, de sorte que les grandes scènes comptent davantage.</translation>
    </message>
    <message>
        <source>all scenes count the same: patches of smaller scenes are repeated in training.</source>
        <translation>toutes les scènes comptent autant : les imagettes des plus petites sont répétées pendant l'apprentissage.</translation>
    </message>
    <message>
        <source>The dataset's file dataset.json</source>
        <translation>Le fichier dataset.json du jeu de données</translation>
    </message>
    <message>
        <source>Training patches</source>
        <translation>Imagettes d'apprentissage</translation>
    </message>
    <message>
        <source>Validation patches</source>
        <translation>Imagettes de validation</translation>
    </message>
    <message>
        <source>Test patches</source>
        <translation>Imagettes de test</translation>
    </message>
    <message>
        <source>Dates of a time series</source>
        <translation>Dates d'une série temporelle</translation>
    </message>
    <message>
        <source>For the network 'timeseries': when the images were taken, such as 2018-06-03, 2018-06-13. The bands must be those of the first date, then those of the second, and so on, in one raster or in one for each date. If only the number of dates is known, give it, such as 12: they are then taken for equal steps of a year. Several sources: with ';' between. Empty: the dates in the names or the metadata of bands and files. Dates may be missing in parts of the image (clouds): these pixels must be no data.</source>
        <translation>Pour le réseau 'timeseries' : les dates de prise de vue, par exemple 2018-06-03, 2018-06-13. Les bandes doivent être celles de la première date, puis celles de la deuxième, et ainsi de suite, dans un seul raster ou dans un raster par date. Si seul le nombre de dates est connu, donnez-le, par exemple 12 : elles sont alors supposées régulièrement réparties sur l'année. Plusieurs sources : séparées par ';'. Vide : les dates dans les noms ou les métadonnées des bandes et des fichiers. Des dates peuvent manquer dans certaines parties de l'image (nuages) : ces pixels doivent être sans données.</translation>
    </message>
    <message>
        <source>Names of the sources</source>
        <translation>Noms des sources</translation>
    </message>
    <message>
        <source>Names of the sources in the dataset, which become the names of the network's inputs: one word for each source, separated by commas. Empty: source1, source2…</source>
        <translation>Noms des sources dans le jeu de données, qui deviennent ceux des entrées du réseau : un mot par source, séparés par des virgules. Vide : source1, source2…</translation>
    </message>
    <message>
        <source>Patches per file</source>
        <translation>Imagettes par fichier</translation>
    </message>
    <message>
        <source>Approximate number of patches in each TFRecords file.</source>
        <translation>Nombre approximatif d'imagettes dans chaque fichier TFRecords.</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Compression</translation>
    </message>
    <message>
        <source>Whether the files are compressed.</source>
        <translation>Si les fichiers sont compressés.</translation>
    </message>
    <message>
        <source>as they are, which is the fastest to write and to read.</source>
        <translation>tels quels, ce qui est le plus rapide à écrire et à lire.</translation>
    </message>
    <message>
        <source>smaller files, but slower to write and to read; OTBTF cannot read them.</source>
        <translation>des fichiers plus petits, mais plus lents à écrire et à lire ; OTBTF ne sait pas les lire.</translation>
    </message>
    <message>
        <source>Drop patches that do not fill a file</source>
        <translation>Écarter les imagettes qui ne remplissent pas un fichier</translation>
    </message>
    <message>
        <source>All files of a split then have the same number of patches, which suits training on several computers. A message says how many patches are dropped.</source>
        <translation>Tous les fichiers d'une partition ont alors le même nombre d'imagettes, ce qui convient à l'apprentissage sur plusieurs ordinateurs. Un message dit combien d'imagettes sont écartées.</translation>
    </message>
    <message>
        <source>Dataset folder</source>
        <translation>Dossier du jeu de données</translation>
    </message>
    <message>
        <source>A new folder, or an existing dataset folder, which is replaced.</source>
        <translation>Un nouveau dossier, ou un dossier de jeu de données existant, qui est remplacé.</translation>
    </message>
    <message>
        <source>{help} Values: {values}; default '{default}'.</source>
        <translation>{help} Valeurs : {values} ; par défaut '{default}'.</translation>
    </message>
    <message>
        <source>'{name}': {help}</source>
        <translation>'{name}' : {help}</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
        <source>This is running already: see QGIS's task bar.</source>
        <translation>C'est déjà en cours : voir la barre des tâches de QGIS.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>without a class field</source>
        <translation>sans champ de classe</translation>
    </message>
    <message>
        <source>Landsat image</source>
        <translation>Image Landsat</translation>
    </message>
    <message>
        <source>Training polygons</source>
        <translation>Polygones d'apprentissage</translation>
    </message>
    <message>
        <source>Reference polygons</source>
        <translation>Polygones de référence</translation>
    </message>
    <message>
        <source>GeoDL demo</source>
        <translation>Démonstration de GeoDL</translation>
    </message>
    <message>
        <source>Where to begin…</source>
        <translation>Par où commencer…</translation>
    </message>
    <message>
        <source>Set up the environment</source>
        <translation>Installer l'environnement</translation>
    </message>
    <message>
        <source>Add the tutorial's data to the project</source>
        <translation>Ajouter les données du tutoriel au projet</translation>
    </message>
    <message>
        <source>needs TensorFlow, in a folder of its own (2 GB, some minutes).</source>
        <translation>a besoin de TensorFlow, dans un dossier à part (2 Go, quelques minutes).</translation>
    </message>
    <message>
        <source>Set up now</source>
        <translation>Installer maintenant</translation>
    </message>
    <message>
        <source>The environment is ready.</source>
        <translation>L'environnement est prêt.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>could not be set up: {error}</source>
        <translation>n'a pas pu être installé : {error}</translation>
    </message>
    <message>
        <source>The set-up was cancelled. What was installed is kept: the next one goes on from there.</source>
        <translation>L'installation a été annulée. Ce qui a été installé est conservé : la prochaine reprendra là.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Everything works: TensorFlow {version}, {devices}</source>
        <translation>Tout fonctionne : TensorFlow {version}, {devices}</translation>
    </message>
    <message>
        <source>Set up again</source>
        <translation>Réinstaller</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>chooses pixels in your polygons, around which the network will see a patch of the image.</source>
        <translation>choisit des pixels dans vos polygones, autour desquels le réseau verra une imagette.</translation>
    </message>
    <message>
        <source>cuts the patches out of the image, with the labels of their pixels.</source>
        <translation>découpe les imagettes dans l'image, avec les étiquettes de leurs pixels.</translation>
    </message>
    <message>
        <source>lets a network learn from them. Read its report: it says which classes it mixes up, and why.</source>
        <translation>fait apprendre un réseau à partir d'elles. Lisez son rapport : il dit quelles classes sont confondues, et pourquoi.</translation>
    </message>
    <message>
        <source>makes a map of this image, or of another one with the same bands.</source>
        <translation>produit la carte de cette image, ou d'une autre qui a les mêmes bandes.</translation>
    </message>
    <message>
        <source>compares the map with polygons that the network has not seen.</source>
        <translation>compare la carte à des polygones que le réseau n'a pas vus.</translation>
    </message>
    <message>
        <source>GeoDL: where to begin</source>
        <translation>GeoDL : par où commencer</translation>
    </message>
    <message>
        <source>You need an image and some polygons on it, three or more of each class, with a field of their classes.</source>
        <translation>Il vous faut une image et quelques polygones dessus, trois ou plus par classe, avec un champ qui donne leur classe.</translation>
    </message>
    <message>
        <source>Add the image and the polygons of the tutorial to the project.</source>
        <translation>Ajouter l'image et les polygones du tutoriel au projet.</translation>
    </message>
    <message>
        <source>The tutorial's image and polygons are in the folder resources/demo of GeoDL's repository.</source>
        <translation>L'image et les polygones du tutoriel sont dans le dossier resources/demo du dépôt de GeoDL.</translation>
    </message>
    <message>
        <source>All of GeoDL is in the Processing toolbox. The panel beside a dialog explains what is asked for.</source>
        <translation>Tout GeoDL se trouve dans la boîte à outils de traitements. Le panneau à côté d'une boîte de dialogue explique ce qui est demandé.</translation>
    </message>
    <message>
        <source>Or let one model do all of it: {model}.</source>
        <translation>Ou laisser un seul modèle tout faire : {model}.</translation>
    </message>
    <message>
        <source>From polygons to a map</source>
        <translation>Des polygones à la carte</translation>
    </message>
    <message>
        <source>No data at hand?</source>
        <translation>Pas de données sous la main ?</translation>
    </message>
    <message>
        <source>Check that GeoDL works on this computer</source>
        <translation>Vérifier que GeoDL fonctionne sur cet ordinateur</translation>
    </message>
    <message>
        <source>Read all about it</source>
        <translation>Lire toute la documentation</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Advanced parameters</source>
        <translation>Paramètres avancés</translation>
    </message>
    <message>
        <source>Run the Python file {file}?

It is a program, and may do all that you may do: read, change, delete and send your files. Run it only if you trust whoever wrote it. You will not be asked again unless the file changes.</source>
        <translation>Exécuter le fichier Python {file} ?

C'est un programme : il peut faire tout ce que vous pouvez faire, comme lire, modifier, supprimer et envoyer vos fichiers. Ne l'exécutez que si vous faites confiance à son auteur. La question ne sera plus posée, sauf si le fichier change.</translation>
    </message>
    <message>
        <source>{count} features of {number} classes: {classes}.</source>
        <translation>{count} entités de {number} classes : {classes}.</translation>
    </message>
    <message>
        <source>{count} lie outside the image.</source>
        <translation>{count} hors de l'image.</translation>
    </message>
    <message>
        <source>Draw more of {classes}: three or more features can be split.</source>
        <translation>Dessinez davantage de {classes} : à partir de trois entités, elles peuvent être réparties.</translation>
    </message>
    <message>
        <source>Positions: {strategy}, {count}.</source>
        <translation>Positions : {strategy}, {count}.</translation>
    </message>
    <message>
        <source>{count} patches of {size} × {size} pixels with {bands} bands, about {megabytes} MB.</source>
        <translation>{count} imagettes de {size} × {size} pixels et {bands} bandes, environ {megabytes} Mo.</translation>
    </message>
    <message>
        <source>All of them are for training.</source>
        <translation>Toutes sont pour l'apprentissage.</translation>
    </message>
    <message>
        <source>Splits: {splits}.</source>
        <translation>Partitions : {splits}.</translation>
    </message>
    <message>
        <source>Labels are missing: choose “{layer}”.</source>
        <translation>Les étiquettes manquent : choisissez « {layer} ».</translation>
    </message>
    <message>
        <source>Network: {network}, effort: {effort}.</source>
        <translation>Réseau : {network}, effort : {effort}.</translation>
    </message>
    <message>
        <source>The extent lies outside the image.</source>
        <translation>L'emprise est hors de l'image.</translation>
    </message>
    <message>
        <source>A map of {width} × {height} pixels.</source>
        <translation>Une carte de {width} × {height} pixels.</translation>
    </message>
    <message>
        <source>The model expects {expected} bands, and the image has {received}.</source>
        <translation>Le modèle attend {expected} bandes, et l'image en a {received}.</translation>
    </message>
    <message>
        <source>Network: {network}.</source>
        <translation>Réseau : {network}.</translation>
    </message>
    <message>
        <source>Classes: {classes}.</source>
        <translation>Classes : {classes}.</translation>
    </message>
    <message>
        <source>Up to {megabytes} MB.</source>
        <translation>Jusqu'à {megabytes} Mo.</translation>
    </message>
    <message>
        <source>No reference feature lies on the map.</source>
        <translation>Aucune entité de référence n'est sur la carte.</translation>
    </message>
    <message>
        <source>{count} of {total} reference features lie on the map: {classes}.</source>
        <translation>{count} entités de référence sur {total} sont sur la carte : {classes}.</translation>
    </message>
    <message>
        <source>Patches of {size} × {size} pixels with {bands} bands: {splits}.</source>
        <translation>Imagettes de {size} × {size} pixels et {bands} bandes : {splits}.</translation>
    </message>
    <message>
        <source>The dataset that was made last: {path}</source>
        <translation>Le dernier jeu de données produit : {path}</translation>
    </message>
    <message>
        <source>About {time}, at the pace of the last time.</source>
        <translation>Environ {time}, au rythme de la dernière fois.</translation>
    </message>
    <message>
        <source>{names} and {number} more</source>
        <translation>{names} et {number} de plus</translation>
    </message>
    <message>
        <source>about {count} pixels</source>
        <translation>environ {count} pixels</translation>
    </message>
    <message>
        <source>no area</source>
        <translation>sans surface</translation>
    </message>
    <message>
        <source>Evaluate a map</source>
        <translation>Évaluer une carte</translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,F1,IoU,precision,recall,validation,area,Olofsson</source>
        <translation>précision,matrice de confusion,F1,IoU,rappel,validation,surface,vérité terrain,Olofsson</translation>
    </message>
    <message>
        <source>Compares a class map with reference polygons, points or a raster, pixel by pixel. The results are the overall accuracy, the precision, recall, F1 and IoU of each class, and class areas corrected for the map's errors.
Compares a map of values, such as tree cover, with a raster of values, or with the values of polygons or points: R², root mean square error, mean absolute error and bias. Of a polygon, the mean of the map in it counts.
Classes are matched by name if the reference has names, otherwise by value. Pixels of reference classes that the map does not have count as errors; the accuracy without these classes is given as well.
Exclude the training polygons: a network does better on pixels that it was trained on.
A layer from Draw a sample to judge a map is recognised: the accuracy and the areas are then those of the whole map, with 95 % intervals that hold. For polygons drawn by hand, intervals are too narrow.</source>
        <translation>Compare une carte de classes à une vérité terrain, pixel par pixel : polygones, points ou raster de référence. Les résultats sont la précision globale, la précision, le rappel, le F1 et l'IoU de chaque classe, et les surfaces des classes corrigées des erreurs de la carte.
Compare une carte de valeurs, comme le couvert arboré, à un raster de valeurs, ou aux valeurs de polygones ou de points : R², erreur quadratique moyenne, erreur absolue moyenne et biais. Pour un polygone, c'est la moyenne de la carte à l'intérieur qui compte.
Les classes sont appariées par leur nom si la référence a des noms, sinon par leur valeur. Les pixels de classes de référence que la carte n'a pas comptent comme des erreurs ; la précision sans ces classes est donnée aussi.
Excluez les polygones d'apprentissage : un réseau réussit mieux sur les pixels qui l'ont entraîné.
Une couche issue de Tirer un échantillon pour juger une carte est reconnue : la précision et les surfaces sont alors celles de toute la carte, avec des intervalles de confiance à 95 % fiables. Pour des polygones dessinés à la main, ces intervalles sont trop étroits.</translation>
    </message>
    <message>
        <source>A raster with one band of class values or of continuous values, such as one made by Apply a model to a raster.</source>
        <translation>Un raster à une bande de valeurs de classe ou de valeurs continues, par exemple produit par Appliquer un modèle à un raster.</translation>
    </message>
    <message>
        <source>Reference polygons or points</source>
        <translation>Polygones ou points de référence</translation>
    </message>
    <message>
        <source>Or a reference raster</source>
        <translation>Ou un raster de référence</translation>
    </message>
    <message>
        <source>Features of known class, or with a known value, in any CRS. For a map of values, the class field is the field with the values. A labelled sample from Draw a sample to judge a map needs no class field.</source>
        <translation>Des entités de classe connue, ou de valeur connue, dans n'importe quel SCR. Pour une carte de valeurs, le champ de classe est celui des valeurs. Un échantillon étiqueté issu de Tirer un échantillon pour juger une carte n'a pas besoin de champ de classe.</translation>
    </message>
    <message>
        <source>Areas to exclude</source>
        <translation>Zones à exclure</translation>
    </message>
    <message>
        <source>Pixels in these features are not compared. For example, the training polygons.</source>
        <translation>Les pixels dans ces entités ne sont pas comparés. Par exemple, les polygones d'apprentissage.</translation>
    </message>
    <message>
        <source>What the map holds</source>
        <translation>Contenu de la carte</translation>
    </message>
    <message>
        <source>How the numbers of the map are understood.</source>
        <translation>Comment les nombres de la carte sont compris.</translation>
    </message>
    <message>
        <source>real numbers are values, integers are classes; many integers without names are refused.</source>
        <translation>les nombres réels sont des valeurs, les entiers des classes ; de nombreux entiers sans noms sont refusés.</translation>
    </message>
    <message>
        <source>integers that stand for classes.</source>
        <translation>des entiers qui désignent des classes.</translation>
    </message>
    <message>
        <source>quantities such as tree cover in percent.</source>
        <translation>des grandeurs comme le couvert arboré en pour cent.</translation>
    </message>
    <message>
        <source>Accuracy report</source>
        <translation>Rapport de précision</translation>
    </message>
    <message>
        <source>A page with the accuracy of the map and of each class, and with the areas of the classes.</source>
        <translation>Une page avec la précision de la carte et de chaque classe, et avec les surfaces des classes.</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Matrice de confusion</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>A table for spreadsheets: the reference pixels of each class in rows, what the map says in columns.</source>
        <translation>Un tableau pour tableur : les pixels de référence de chaque classe en lignes, ce que dit la carte en colonnes.</translation>
    </message>
    <message>
        <source>Overall accuracy</source>
        <translation>Précision globale</translation>
    </message>
    <message>
        <source>Overall accuracy of the classes of the map</source>
        <translation>Précision globale des classes de la carte</translation>
    </message>
    <message>
        <source>Mean F1</source>
        <translation>F1 moyen</translation>
    </message>
    <message>
        <source>Mean F1 of the classes of the map</source>
        <translation>F1 moyen des classes de la carte</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>IoU moyen</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>Root mean square error</source>
        <translation>Erreur quadratique moyenne (RMSE)</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>Erreur absolue moyenne (MAE)</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Biais</translation>
    </message>
    <message>
        <source>Reference pixels</source>
        <translation>Pixels de référence</translation>
    </message>
    <message>
        <source>Reference features whose values were compared</source>
        <translation>Entités de référence dont les valeurs ont été comparées</translation>
    </message>
    <message>
        <source>Reference pixels of classes that the map does not have</source>
        <translation>Pixels de référence de classes que la carte n'a pas</translation>
    </message>
    <message>
        <source>Overall accuracy of the whole map, from a sample</source>
        <translation>Précision globale de toute la carte, d'après un échantillon</translation>
    </message>
    <message>
        <source>Half-width of its 95 % interval</source>
        <translation>Demi-largeur de son intervalle à 95 %</translation>
    </message>
    <message>
        <source>Labelled points of the sample</source>
        <translation>Points étiquetés de l'échantillon</translation>
    </message>
    <message>
        <source>Points of the sample without a label</source>
        <translation>Points de l'échantillon sans étiquette</translation>
    </message>
    <message>
        <source>F1 of each class, as JSON</source>
        <translation>F1 de chaque classe, en JSON</translation>
    </message>
    <message>
        <source>Accuracy table</source>
        <translation>Tableau de précision</translation>
    </message>
    <message>
        <source>Evaluate a model</source>
        <translation>Évaluer un modèle</translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,F1,IoU,precision,recall,calibration,reliability,R2,RMSE,test,validation</source>
        <translation>précision,matrice de confusion,F1,IoU,rappel,calibration,fiabilité,R2,RMSE,test,validation</translation>
    </message>
    <message>
        <source>Compares the predictions of a network with the labels of a dataset folder, and writes a report. It shows the accuracy of each class and the confusion matrix, or R² and errors of continuous values; how reliable the probabilities of the network are; and the patches with the best and the worst predictions.
The dataset must have the sources, bands and classes of the one that the model was trained on: it may be the same dataset, or one of another place or year. Classes are matched by name; pixels without a label do not count.
The split &lt;i&gt;test&lt;/i&gt; was not used in training. The best epoch was chosen by the split &lt;i&gt;valid&lt;/i&gt;, so its figures are a little too good.</source>
        <translation>Compare les prédictions d'un réseau aux étiquettes d'un jeu de données, et écrit un rapport. Celui-ci montre la précision de chaque classe et la matrice de confusion, ou le R² et les erreurs des valeurs continues ; à quel point les probabilités du réseau sont fiables ; et les imagettes les mieux et les moins bien prédites.
Le jeu de données doit avoir les sources, les bandes et les classes de celui qui a entraîné le modèle : ce peut être le même, ou celui d'un autre lieu ou d'une autre année. Les classes sont appariées par leur nom ; les pixels sans étiquette ne comptent pas.
La partition &lt;i&gt;test&lt;/i&gt; n'a pas servi à l'apprentissage. La meilleure époque a été choisie avec la partition &lt;i&gt;valid&lt;/i&gt; : ses chiffres sont donc un peu trop bons.</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Dossier du modèle</translation>
    </message>
    <message>
        <source>A folder made by Train a network.</source>
        <translation>Un dossier produit par Entraîner un réseau.</translation>
    </message>
    <message>
        <source>Dataset (file dataset.json)</source>
        <translation>Jeu de données (fichier dataset.json)</translation>
    </message>
    <message>
        <source>A folder made by Export patches and labels as TFRecords, or by Convert patches images to TFRecords. Several are evaluated together.</source>
        <translation>Un dossier produit par Exporter imagettes et étiquettes en TFRecords, ou par Convertir des images d'imagettes en TFRecords. Plusieurs sont évalués ensemble.</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Partition</translation>
    </message>
    <message>
        <source>The patches of the dataset to evaluate the model on.</source>
        <translation>Les imagettes du jeu de données sur lesquelles le modèle est évalué.</translation>
    </message>
    <message>
        <source>those that were kept to judge the network, and that it has never seen.</source>
        <translation>celles qui ont été gardées pour juger le réseau, et qu'il n'a jamais vues.</translation>
    </message>
    <message>
        <source>those that chose the network's best state; figures are a little too good.</source>
        <translation>celles qui ont choisi le meilleur état du réseau ; les chiffres sont un peu trop bons.</translation>
    </message>
    <message>
        <source>those that trained the network; figures are too good, but show what it has learned.</source>
        <translation>celles qui ont entraîné le réseau ; les chiffres sont trop bons, mais montrent ce qu'il a appris.</translation>
    </message>
    <message>
        <source>Evaluation report</source>
        <translation>Rapport d'évaluation</translation>
    </message>
    <message>
        <source>A page with the figures of each class, and with the best and the worst patches.</source>
        <translation>Une page avec les chiffres de chaque classe, et avec les meilleures et les pires imagettes.</translation>
    </message>
    <message>
        <source>A table for spreadsheets: the labels of each class in rows, what the network says in columns.</source>
        <translation>Un tableau pour tableur : les étiquettes de chaque classe en lignes, ce que dit le réseau en colonnes.</translation>
    </message>
    <message>
        <source>Share of correct pixels</source>
        <translation>Part de pixels corrects</translation>
    </message>
    <message>
        <source>Mean F1 of the classes</source>
        <translation>F1 moyen des classes</translation>
    </message>
    <message>
        <source>Mean IoU of the classes</source>
        <translation>IoU moyen des classes</translation>
    </message>
    <message>
        <source>Expected calibration error</source>
        <translation>Erreur de calibration attendue (ECE)</translation>
    </message>
    <message>
        <source>R², of continuous values</source>
        <translation>R² des valeurs continues</translation>
    </message>
    <message>
        <source>Root mean square error, of continuous values</source>
        <translation>Erreur quadratique moyenne des valeurs continues</translation>
    </message>
    <message>
        <source>Mean absolute error, of continuous values</source>
        <translation>Erreur absolue moyenne des valeurs continues</translation>
    </message>
    <message>
        <source>Mean error, of continuous values</source>
        <translation>Erreur moyenne des valeurs continues</translation>
    </message>
    <message>
        <source>Number of patches</source>
        <translation>Nombre d'imagettes</translation>
    </message>
    <message>
        <source>Export patches and labels as TFRecords</source>
        <translation>Exporter imagettes et étiquettes en TFRecords</translation>
    </message>
    <message>
        <source>patch,dataset,TFRecord,training,label,regression,extract,OTBTF,PatchesExtraction</source>
        <translation>imagette,jeu de données,TFRecord,apprentissage,étiquette,régression,extraction,OTBTF,PatchesExtraction</translation>
    </message>
    <message>
        <source>Cuts a small square, a &lt;i&gt;patch&lt;/i&gt;, out of the image around each position, together with the labels of its pixels. Writes them into a dataset folder, from which networks are trained: one subfolder of TFRecords for each split, and a file &lt;i&gt;dataset.json&lt;/i&gt; that describes them. OTBTF can read these folders, too.
Further images may have another resolution: all patches of a position cover the same ground.
Labels need not cover the image: pixels outside your polygons, or with no data, are unlabelled and are ignored in training. Each label belongs to one split: in patches of the others it is unlabelled, also where patches overlap.
Labels may also be continuous values, such as tree cover in percent: the network then predicts values instead of classes.
Next step: Train a network.</source>
        <translation>Découpe dans l'image un petit carré, l'&lt;i&gt;imagette&lt;/i&gt;, autour de chaque position, avec les étiquettes de ses pixels. Les écrit dans un dossier de jeu de données, qui sert à entraîner des réseaux : un sous-dossier de TFRecords par partition, et un fichier &lt;i&gt;dataset.json&lt;/i&gt; qui les décrit. OTBTF sait lire ces dossiers aussi.
D'autres images peuvent avoir une autre résolution : toutes les imagettes d'une position couvrent le même terrain.
Les étiquettes n'ont pas à couvrir l'image : les pixels hors de vos polygones, ou sans données, n'ont pas d'étiquette et sont ignorés pendant l'apprentissage. Chaque étiquette appartient à une seule partition : dans les imagettes des autres, elle est absente, même là où des imagettes se chevauchent.
Les étiquettes peuvent aussi être des valeurs continues, comme le couvert arboré en pour cent : le réseau prédit alors des valeurs au lieu de classes.
Étape suivante : Entraîner un réseau.</translation>
    </message>
    <message>
        <source>Their field 'split' (train, valid, test) chooses the split; without it, all patches are for training.</source>
        <translation>Leur champ 'split' (train, valid, test) choisit la partition ; sans lui, toutes les imagettes sont pour l'apprentissage.</translation>
    </message>
    <message>
        <source>Labels from</source>
        <translation>Étiquettes tirées de</translation>
    </message>
    <message>
        <source>Where the patches get their labels from.</source>
        <translation>D'où viennent les étiquettes des imagettes.</translation>
    </message>
    <message>
        <source>each pixel gets the class of the polygon that contains its centre; where polygons overlap, that of the later feature.</source>
        <translation>chaque pixel reçoit la classe du polygone qui contient son centre ; là où des polygones se chevauchent, celle de la dernière entité.</translation>
    </message>
    <message>
        <source>a raster of class values.</source>
        <translation>un raster de valeurs de classe.</translation>
    </message>
    <message>
        <source>one label for each patch, from the class field of its position, or else its field 'class'; real numbers are continuous values.</source>
        <translation>une étiquette par imagette, d'après le champ de classe de sa position, ou à défaut son champ 'class' ; les nombres réels sont des valeurs continues.</translation>
    </message>
    <message>
        <source>a raster of continuous values; patches without any are left out.</source>
        <translation>un raster de valeurs continues ; les imagettes qui n'en ont aucune sont écartées.</translation>
    </message>
    <message>
        <source>Labelled polygons</source>
        <translation>Polygones étiquetés</translation>
    </message>
    <message>
        <source>Needed for 'polygons': usually the layer that the positions were sampled from.</source>
        <translation>Nécessaire pour 'polygons' : en général la couche dans laquelle les positions ont été échantillonnées.</translation>
    </message>
    <message>
        <source>Label raster</source>
        <translation>Raster d'étiquettes</translation>
    </message>
    <message>
        <source>Needed for 'raster': one band of integers; if it is on another grid than the image, the nearest pixel is used. Needed for 'values': one band of numbers; on another grid it is averaged if its pixels are smaller than those of the image, else resampled bilinearly. Pixels with no data are unlabelled.</source>
        <translation>Nécessaire pour 'raster' : une bande d'entiers ; si sa grille n'est pas celle de l'image, le pixel le plus proche est pris. Nécessaire pour 'values' : une bande de nombres ; sur une autre grille, elle est moyennée si ses pixels sont plus petits que ceux de l'image, sinon rééchantillonnée de façon bilinéaire. Les pixels sans données n'ont pas d'étiquette.</translation>
    </message>
    <message>
        <source>Dataset report</source>
        <translation>Rapport du jeu de données</translation>
    </message>
    <message>
        <source>What Inspect a dataset shows: classes, values of the bands, sample patches and warnings.</source>
        <translation>Ce que montre Inspecter un jeu de données : classes, valeurs des bandes, exemples d'imagettes et avertissements.</translation>
    </message>
    <message>
        <source>Positions left out</source>
        <translation>Positions écartées</translation>
    </message>
    <message>
        <source>Extract patches into a patches image</source>
        <translation>Extraire des imagettes dans une image d'imagettes</translation>
    </message>
    <message>
        <source>patch,extract,patches image,label,OTBTF,PatchesExtraction</source>
        <translation>imagette,extraction,image d'imagettes,étiquette,OTBTF,PatchesExtraction</translation>
    </message>
    <message>
        <source>Cuts a small square, a &lt;i&gt;patch&lt;/i&gt;, out of the image around each position and stacks the patches in one raster, in the order of the positions: the raster is as wide as one patch and as high as all of them. This is the &lt;i&gt;patches image&lt;/i&gt; that OTBTF's PatchesExtraction writes. With a class field, a second raster of 1 × n pixels can hold the class of each patch.
Positions whose patch crosses the border of the image are left out and counted.
You do not need this to train a network: &lt;i&gt;Export patches and labels as TFRecords&lt;/i&gt; makes a dataset from the image in one step. Patches images are for viewing the patches, and for scripts.</source>
        <translation>Découpe dans l'image un petit carré, l'&lt;i&gt;imagette&lt;/i&gt;, autour de chaque position et empile les imagettes dans un seul raster, dans l'ordre des positions : le raster est aussi large qu'une imagette et aussi haut que toutes ensemble. C'est l'&lt;i&gt;image d'imagettes&lt;/i&gt; qu'écrit PatchesExtraction d'OTBTF. Avec un champ de classe, un second raster de 1 × n pixels peut contenir la classe de chaque imagette.
Les positions dont l'imagette dépasse le bord de l'image sont écartées et comptées.
Vous n'en avez pas besoin pour entraîner un réseau : &lt;i&gt;Exporter imagettes et étiquettes en TFRecords&lt;/i&gt; fait de l'image un jeu de données en une étape. Les images d'imagettes servent à regarder les imagettes, et aux scripts.</translation>
    </message>
    <message>
        <source>No-data value</source>
        <translation>Valeur nodata</translation>
    </message>
    <message>
        <source>A number, or nan: patches that contain it in any pixel of any band are left out and counted. Empty: all patches are kept.</source>
        <translation>Un nombre, ou nan : les imagettes qui le contiennent dans un pixel d'une bande quelconque sont écartées et comptées. Vide : toutes les imagettes sont gardées.</translation>
    </message>
    <message>
        <source>Patches image</source>
        <translation>Image d'imagettes</translation>
    </message>
    <message>
        <source>A GeoTIFF without georeference.</source>
        <translation>Un GeoTIFF sans géoréférencement.</translation>
    </message>
    <message>
        <source>Labels of the patches</source>
        <translation>Étiquettes des imagettes</translation>
    </message>
    <message>
        <source>A GeoTIFF of 1 × n pixels: the class of each patch. The class field is needed for it.</source>
        <translation>Un GeoTIFF de 1 × n pixels : la classe de chaque imagette. Il faut pour cela le champ de classe.</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>Imagettes</translation>
    </message>
    <message>
        <source>Inspect a dataset</source>
        <translation>Inspecter un jeu de données</translation>
    </message>
    <message>
        <source>dataset,TFRecord,report,class balance,histogram,patch,quality</source>
        <translation>jeu de données,TFRecord,rapport,équilibre des classes,histogramme,imagette,qualité</translation>
    </message>
    <message>
        <source>Writes a report on a dataset folder: the classes and their number of labelled pixels in each split, the values of each band, and sample patches with their labels. If the labels are continuous values, it shows their distribution.
It warns of what may spoil training: classes that are rare or missing in a split, bands that are saturated or constant, much no-data, or validation values outside the range of the training values.
Read it before training: wrong labels can be seen in the sample patches.</source>
        <translation>Écrit un rapport sur un dossier de jeu de données : les classes et leur nombre de pixels étiquetés dans chaque partition, les valeurs de chaque bande, et des exemples d'imagettes avec leurs étiquettes. Si les étiquettes sont des valeurs continues, il montre leur distribution.
Il avertit de ce qui peut gâter l'apprentissage : classes rares ou absentes d'une partition, bandes saturées ou constantes, beaucoup de nodata, ou valeurs de validation hors de l'intervalle des valeurs d'apprentissage.
Lisez-le avant l'apprentissage : les étiquettes fausses se voient dans les exemples d'imagettes.</translation>
    </message>
    <message>
        <source>A folder made by Export patches and labels as TFRecords, or by Convert patches images to TFRecords.</source>
        <translation>Un dossier produit par Exporter imagettes et étiquettes en TFRecords, ou par Convertir des images d'imagettes en TFRecords.</translation>
    </message>
    <message>
        <source>A page with the classes, the values of the bands, and sample patches with their labels.</source>
        <translation>Une page avec les classes, les valeurs des bandes, et des exemples d'imagettes avec leurs étiquettes.</translation>
    </message>
    <message>
        <source>Number of classes</source>
        <translation>Nombre de classes</translation>
    </message>
    <message>
        <source>Warnings, one per line</source>
        <translation>Avertissements, un par ligne</translation>
    </message>
    <message>
        <source>Inspect a model</source>
        <translation>Inspecter un modèle</translation>
    </message>
    <message>
        <source>model,SavedModel,Keras,receptive field,expression field,crop,stride,margin,layers,OTBTF,report</source>
        <translation>modèle,SavedModel,Keras,champ récepteur,champ d'expression,rognage,pas,marge,couches,OTBTF,rapport</translation>
    </message>
    <message>
        <source>Reports how a model is best applied to rasters that are larger than memory. The report lists its inputs and outputs, and its layers with the size of their output and the part of it that is valid, that is, not influenced by the border of the image. From them follow the total stride, the valid margin, and the recommended crop, receptive field and expression field.
The model may be a model folder made by Train a network, any SavedModel, such as those of OTBTF, or a Keras file. If it contains no layers, its receptive field is measured by running it.
Apply a model to a raster chooses suitable fields by itself. You need the numbers only if you want to choose them yourself, there or in OTBTF's TensorflowModelServe. If each result depends on the whole image, there are no such fields: the report says why, and the numbers are missing from the results.</source>
        <translation>Dit comment un modèle s'applique au mieux à des rasters plus grands que la mémoire. Le rapport énumère ses entrées et ses sorties, et ses couches avec la taille de leur sortie et la part de celle-ci qui est valide, c'est-à-dire non influencée par le bord de l'image. Il en découle le pas total, la marge valide, et le rognage, le champ récepteur et le champ d'expression recommandés.
Le modèle peut être un dossier produit par Entraîner un réseau, n'importe quel SavedModel, comme ceux d'OTBTF, ou un fichier Keras. S'il ne contient pas de couches, son champ récepteur est mesuré en l'exécutant.
Appliquer un modèle à un raster choisit lui-même des champs convenables. Ces nombres ne vous servent que si vous voulez les choisir vous-même, là ou dans TensorflowModelServe d'OTBTF. Si chaque résultat dépend de toute l'image, il n'existe pas de tels champs : le rapport dit pourquoi, et les nombres manquent dans les résultats.</translation>
    </message>
    <message>
        <source>Model folder or SavedModel; for a Keras file (….keras), type its path. A SavedModel is a program: use only those from people you trust.</source>
        <translation>Dossier de modèle ou SavedModel ; pour un fichier Keras (….keras), saisissez son chemin. Un SavedModel est un programme : n'utilisez que ceux de personnes de confiance.</translation>
    </message>
    <message>
        <source>Input size (pixels)</source>
        <translation>Taille d'entrée (pixels)</translation>
    </message>
    <message>
        <source>Side of the image for which the report lists the sizes of the layers; a multiple of the network's total stride, which is 8 or 16 for most networks.</source>
        <translation>Côté de l'image pour laquelle le rapport donne les tailles des couches ; un multiple du pas total du réseau, qui est de 8 ou 16 pour la plupart des réseaux.</translation>
    </message>
    <message>
        <source>Output of the model</source>
        <translation>Sortie du modèle</translation>
    </message>
    <message>
        <source>Name of the output to inspect. Empty: the output that maps are made of; if the model does not say which, the first in alphabetical order.</source>
        <translation>Nom de la sortie à inspecter. Vide : la sortie dont on fait des cartes ; si le modèle ne le dit pas, la première dans l'ordre alphabétique.</translation>
    </message>
    <message>
        <source>Model report</source>
        <translation>Rapport du modèle</translation>
    </message>
    <message>
        <source>A page with the layers of the network, how far it looks, and how it is best applied.</source>
        <translation>Une page avec les couches du réseau, jusqu'où il regarde, et comment il s'applique au mieux.</translation>
    </message>
    <message>
        <source>Total stride</source>
        <translation>Pas total</translation>
    </message>
    <message>
        <source>Valid margin</source>
        <translation>Marge valide</translation>
    </message>
    <message>
        <source>Receptive field of a pixel</source>
        <translation>Champ récepteur d'un pixel</translation>
    </message>
    <message>
        <source>Recommended crop</source>
        <translation>Rognage recommandé</translation>
    </message>
    <message>
        <source>Recommended receptive field</source>
        <translation>Champ récepteur recommandé</translation>
    </message>
    <message>
        <source>Recommended expression field</source>
        <translation>Champ d'expression recommandé</translation>
    </message>
    <message>
        <source>{path} ({origin}): {problem}</source>
        <translation>{path} ({origin}) : {problem}</translation>
    </message>
    <message>
        <source>The Python {path}, named by {origin}, cannot be used: {problem}.</source>
        <translation>Le Python {path}, désigné par {origin}, ne peut pas être utilisé : {problem}.</translation>
    </message>
    <message>
        <source>No Python with TensorFlow was found.</source>
        <translation>Aucun Python avec TensorFlow n'a été trouvé.</translation>
    </message>
    <message>
        <source>Run the algorithm Set up the environment (geodl:setupenvironment) once.</source>
        <translation>Exécutez une fois l'algorithme Installer l'environnement (geodl:setupenvironment).</translation>
    </message>
    <message>
        <source>the variable {variable}</source>
        <translation>la variable {variable}</translation>
    </message>
    <message>
        <source>GeoDL's options</source>
        <translation>les options de GeoDL</translation>
    </message>
    <message>
        <source>the setting {setting}</source>
        <translation>le réglage {setting}</translation>
    </message>
    <message>
        <source>GeoDL's own environment</source>
        <translation>l'environnement de GeoDL</translation>
    </message>
    <message>
        <source>QGIS's own Python</source>
        <translation>le Python de QGIS</translation>
    </message>
    <message>
        <source>Job file</source>
        <translation>Fichier de tâche</translation>
    </message>
    <message>
        <source>Job files (*.json)</source>
        <translation>Fichiers de tâche (*.json)</translation>
    </message>
    <message>
        <source>Instead of running, the algorithm writes what it would do to this file, to be run later or on a server: geodl run job.json. Files in the folder of the job file are named relative to it, so that the folder can be moved as a whole. Outputs need names. If left empty: the algorithm runs.</source>
        <translation>Au lieu de s'exécuter, l'algorithme écrit dans ce fichier ce qu'il ferait, pour l'exécuter plus tard ou sur un serveur : geodl run job.json. Les fichiers du dossier du fichier de tâche sont nommés relativement à lui, de sorte que le dossier peut être déplacé en bloc. Les sorties doivent avoir un nom. S'il est vide : l'algorithme s'exécute.</translation>
    </message>
    <message>
        <source>Temporary outputs are gone when a job file runs ({parameter}).</source>
        <translation>Les sorties temporaires n'existent plus quand un fichier de tâche s'exécute ({parameter}).</translation>
    </message>
    <message>
        <source>a name for each output, or none where it may be skipped</source>
        <translation>un nom pour chaque sortie, ou aucun là où elle est facultative</translation>
    </message>
    <message>
        <source>temporary: {names}</source>
        <translation>temporaires : {names}</translation>
    </message>
    <message>
        <source>The job was written, not run: run it by geodl run "{path}".</source>
        <translation>La tâche a été écrite, pas exécutée : exécutez-la par geodl run "{path}".</translation>
    </message>
    <message>
        <source>These lie outside the folder of the job file, which names their full paths: {names}.</source>
        <translation>Ceux-ci sont hors du dossier du fichier de tâche, qui nomme leur chemin complet : {names}.</translation>
    </message>
    <message>
        <source>These inputs are gone when QGIS ends: {names}. Save them elsewhere.</source>
        <translation>Ces entrées disparaissent à la fermeture de QGIS : {names}. Enregistrez-les ailleurs.</translation>
    </message>
    <message>
        <source>Class that you see</source>
        <translation>Classe que vous voyez</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>not labelled yet</source>
        <translation>pas encore étiqueté</translation>
    </message>
    <message>
        <source>to label</source>
        <translation>à étiqueter</translation>
    </message>
    <message>
        <source>labelled</source>
        <translation>étiqueté</translation>
    </message>
    <message>
        <source>A GeoPackage. One that already holds labels is never replaced.</source>
        <translation>Un GeoPackage. S'il contient déjà des étiquettes, il n'est jamais remplacé.</translation>
    </message>
    <message>
        <source>The layer {layer} is temporary: it is gone when QGIS is closed. Save it elsewhere, with its style, before you label it.</source>
        <translation>La couche {layer} est temporaire : elle disparaît à la fermeture de QGIS. Enregistrez-la ailleurs, avec son style, avant de l'étiqueter.</translation>
    </message>
    <message>
        <source>The layer {layer} cannot be read: {problem}</source>
        <translation>La couche {layer} ne peut pas être lue : {problem}</translation>
    </message>
    <message>
        <source>A feature of {layer} cannot be read: {problem}</source>
        <translation>Une entité de {layer} ne peut pas être lue : {problem}</translation>
    </message>
    <message>
        <source>The layer {layer} cannot be used. Expected: a raster file. Received: a layer of the provider {provider}. Save it to a file first.</source>
        <translation>La couche {layer} ne peut pas être utilisée. Attendu : un fichier raster. Reçu : une couche du fournisseur {provider}. Enregistrez-la d'abord dans un fichier.</translation>
    </message>
    <message>
        <source>Merge datasets</source>
        <translation>Fusionner des jeux de données</translation>
    </message>
    <message>
        <source>dataset,merge,combine,several scenes,several images,dates,TFRecord,held-out scene,cross-validation</source>
        <translation>jeu de données,fusionner,combiner,plusieurs scènes,plusieurs images,dates,TFRecord,scène réservée,validation croisée</translation>
    </message>
    <message>
        <source>Makes one dataset folder of several, so that one network learns from several images: scenes of other places, dates or years, each with labels of its own.
Classes are united by their names; a scene need not have all of them. Sources, bands and patch size must be the same. Statistics are those of all patches together.
Files are linked where nothing changes, so that the merged dataset takes little space: do not change files of the datasets by hand afterwards; deleting them is fine. OTBTF can read merged datasets, too.
Train a network takes several datasets as well, and merges them for as long as it runs.
Next step: Train a network.</source>
        <translation>Fait de plusieurs jeux de données un seul dossier, pour qu'un même réseau apprenne de plusieurs images : des scènes d'autres lieux, dates ou années, chacune avec ses propres étiquettes.
Les classes sont réunies par leur nom ; une scène n'a pas à les avoir toutes. Les sources, les bandes et la taille d'imagette doivent être les mêmes. Les statistiques sont celles de toutes les imagettes ensemble.
Les fichiers qui ne changent pas sont liés, de sorte que le jeu fusionné prend peu de place : ne modifiez pas ensuite à la main les fichiers des jeux de données ; les supprimer est sans conséquence. OTBTF sait lire les jeux fusionnés aussi.
Entraîner un réseau accepte également plusieurs jeux de données, et les fusionne le temps de son exécution.
Étape suivante : Entraîner un réseau.</translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation>Jeux de données</translation>
    </message>
    <message>
        <source>Folders made by Export patches and labels as TFRecords, one a scene.</source>
        <translation>Des dossiers produits par Exporter imagettes et étiquettes en TFRecords, un par scène.</translation>
    </message>
    <message>
        <source>Names of the scenes</source>
        <translation>Noms des scènes</translation>
    </message>
    <message>
        <source>One name for each dataset, separated by commas. Empty: the names of the folders.</source>
        <translation>Un nom par jeu de données, séparés par des virgules. Vide : les noms des dossiers.</translation>
    </message>
    <message>
        <source>Merged dataset folder</source>
        <translation>Dossier du jeu de données fusionné</translation>
    </message>
    <message>
        <source>A folder made by Export patches and labels as TFRecords. Several, one a scene, train one network: their classes are united by name, as by Merge datasets.</source>
        <translation>Un dossier produit par Exporter imagettes et étiquettes en TFRecords. Plusieurs, un par scène, entraînent un même réseau : leurs classes sont réunies par leur nom, comme par Fusionner des jeux de données.</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architecture</translation>
    </message>
    <message>
        <source>The kind of network.</source>
        <translation>Le type de réseau.</translation>
    </message>
    <message>
        <source>a network of your own, defined in the Python file MODEL_FILE.</source>
        <translation>un réseau à vous, défini dans le fichier Python MODEL_FILE.</translation>
    </message>
    <message>
        <source>File of the custom network</source>
        <translation>Fichier du réseau personnalisé</translation>
    </message>
    <message>
        <source>For the architecture 'custom': a Python file with one class that derives from ModelBase. This RUNS THE CODE in the file.</source>
        <translation>Pour l'architecture 'custom' : un fichier Python avec une classe dérivée de ModelBase. Cela EXÉCUTE LE CODE du fichier.</translation>
    </message>
    <message>
        <source>Model to start from</source>
        <translation>Modèle de départ</translation>
    </message>
    <message>
        <source>A model folder whose network is trained further on this dataset (fine-tuning). Its architecture is kept: ARCHITECTURE, WIDTH, DEPTH and BACKBONE are ignored. Classes are matched by name: the dataset may have more, fewer or other classes than the model.</source>
        <translation>Un dossier de modèle dont l'apprentissage du réseau est poursuivi sur ce jeu de données (affinage). Son architecture est gardée : ARCHITECTURE, WIDTH, DEPTH et BACKBONE sont ignorés. Les classes sont appariées par leur nom : le jeu de données peut en avoir plus, moins ou d'autres que le modèle.</translation>
    </message>
    <message>
        <source>Width (0 = automatic)</source>
        <translation>Largeur (0 = automatique)</translation>
    </message>
    <message>
        <source>Number of filters in the first level of the network. More filters can learn more, but need more training data and time. 0: by the effort, see EFFORT.</source>
        <translation>Nombre de filtres au premier niveau du réseau. Plus de filtres peuvent apprendre davantage, mais demandent plus de données d'apprentissage et de temps. 0 : selon l'effort, voir EFFORT.</translation>
    </message>
    <message>
        <source>Depth (0 = automatic)</source>
        <translation>Profondeur (0 = automatique)</translation>
    </message>
    <message>
        <source>How often the network halves the resolution of the image. A deeper network takes a larger neighbourhood of each pixel into account. 0: by the effort, see EFFORT.</source>
        <translation>Nombre de fois que le réseau divise par deux la résolution de l'image. Un réseau plus profond tient compte d'un plus grand voisinage de chaque pixel. 0 : selon l'effort, voir EFFORT.</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Backbone (encodeur)</translation>
    </message>
    <message>
        <source>For the architecture 'backbone': the network from Keras Applications that is used as the encoder.</source>
        <translation>Pour l'architecture 'backbone' : le réseau de Keras Applications qui sert d'encodeur.</translation>
    </message>
    <message>
        <source>Weights of the backbone</source>
        <translation>Poids du backbone</translation>
    </message>
    <message>
        <source>For the architecture 'backbone': 'none' to train it from scratch, 'imagenet' for weights trained on photographs (downloaded once), or a file of weights. Default 'none'.</source>
        <translation>Pour l'architecture 'backbone' : 'none' pour l'entraîner à partir de zéro, 'imagenet' pour des poids appris sur des photographies (téléchargés une fois), ou un fichier de poids. Par défaut 'none'.</translation>
    </message>
    <message>
        <source>The image: one raster, or several on the same grid, whose bands are stacked in the order of the list.</source>
        <translation>L'image : un raster, ou plusieurs sur la même grille, dont les bandes sont empilées dans l'ordre de la liste.</translation>
    </message>
    <message>
        <source>Source {number}</source>
        <translation>Source {number}</translation>
    </message>
    <message>
        <source>Another image of the same area, at any resolution: one raster, or several on the same grid. Its pixels must be a whole number of times as large or as small as those of the image, and share their edges.</source>
        <translation>Une autre image de la même zone, à n'importe quelle résolution : un raster, ou plusieurs sur la même grille. Ses pixels doivent être un nombre entier de fois plus grands ou plus petits que ceux de l'image, et partager leurs bords.</translation>
    </message>
    <message>
        <source>Patches lie in all sources.</source>
        <translation>Les imagettes se trouvent dans toutes les sources.</translation>
    </message>
    <message>
        <source>A raster with one band of class values, such as one made by Apply a model to a raster.</source>
        <translation>Un raster à une bande de valeurs de classe, par exemple produit par Appliquer un modèle à un raster.</translation>
    </message>
    <message>
        <source>Class field</source>
        <translation>Champ de classe</translation>
    </message>
    <message>
        <source>Field with the class of each feature, such as class, label or lulc; not one that numbers the features. Integers are the class values of the map; names get the values 1, 2, 3… in alphabetical order.</source>
        <translation>Le champ qui donne la classe de chaque entité, par exemple class, label ou lulc ; pas un champ qui numérote les entités. Des entiers sont les valeurs de classe de la carte ; des noms reçoivent les valeurs 1, 2, 3… dans l'ordre alphabétique.</translation>
    </message>
    <message>
        <source>All features are of one class</source>
        <translation>Toutes les entités sont d'une seule classe</translation>
    </message>
    <message>
        <source>The class field does not count then. Without this, a class field is needed, so that not all polygons become one class by mistake.</source>
        <translation>Le champ de classe ne compte alors pas. Sans cela, un champ de classe est exigé, pour que tous les polygones ne forment pas une seule classe par erreur.</translation>
    </message>
    <message>
        <source>A raster of class values, as an alternative to features.</source>
        <translation>Un raster de valeurs de classe, à la place d'entités.</translation>
    </message>
    <message>
        <source>Patch positions</source>
        <translation>Positions des imagettes</translation>
    </message>
    <message>
        <source>Points from Sample positions, or any points, in any CRS.</source>
        <translation>Des points produits par Échantillonner des positions, ou n'importe quels points, dans n'importe quel SCR.</translation>
    </message>
    <message>
        <source>Patch size (pixels)</source>
        <translation>Taille d'imagette (pixels)</translation>
    </message>
    <message>
        <source>Side of the square patches that the network is trained on, in pixels of the image. 64 is a good value for most images; all networks accept multiples of 16. The positions keep it for the next step.</source>
        <translation>Côté des imagettes carrées qui entraînent le réseau, en pixels de l'image. 64 convient à la plupart des images ; tous les réseaux acceptent les multiples de 16. Les positions la gardent pour l'étape suivante.</translation>
    </message>
    <message>
        <source>Patch size (pixels, 0 = that of the positions)</source>
        <translation>Taille d'imagette (pixels, 0 = celle des positions)</translation>
    </message>
    <message>
        <source>Side of the square patches, in pixels of the image. 0: the size for which the positions were sampled, or {size} for points that do not tell it. Larger patches may overlap those of other splits; a warning then says how many.</source>
        <translation>Côté des imagettes carrées, en pixels de l'image. 0 : la taille pour laquelle les positions ont été échantillonnées, ou {size} pour des points qui ne la disent pas. Des imagettes plus grandes peuvent chevaucher celles d'autres partitions ; un avertissement dit alors combien.</translation>
    </message>
    <message>
        <source>Patches at the border</source>
        <translation>Imagettes au bord</translation>
    </message>
    <message>
        <source>Whether patches may reach beyond the image.</source>
        <translation>Si les imagettes peuvent dépasser l'image.</translation>
    </message>
    <message>
        <source>patches may reach beyond the image, which is continued there as in a mirror, and unlabelled; no label near the border is lost.</source>
        <translation>les imagettes peuvent dépasser l'image, qui y est prolongée en miroir, sans étiquettes ; aucune étiquette proche du bord n'est perdue.</translation>
    </message>
    <message>
        <source>patches lie inside every image, as in OTBTF.</source>
        <translation>les imagettes sont à l'intérieur de chaque image, comme avec OTBTF.</translation>
    </message>
    <message>
        <source>Validation fraction</source>
        <translation>Part de validation</translation>
    </message>
    <message>
        <source>Test fraction</source>
        <translation>Part de test</translation>
    </message>
    <message>
        <source>Random seed</source>
        <translation>Graine aléatoire</translation>
    </message>
    <message>
        <source>The same seed gives the same result; another seed gives another random choice.</source>
        <translation>La même graine donne le même résultat ; une autre graine donne un autre tirage.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Précision numérique</translation>
    </message>
    <message>
        <source>Resample sources that do not nest</source>
        <translation>Rééchantillonner les sources qui ne s'emboîtent pas</translation>
    </message>
    <message>
        <source>Sources whose pixels are not a whole number of times as large or as small as those of the image, or do not share their edges, are resampled to its grid (bilinear); the others keep their resolution. If not checked, such sources are an error.</source>
        <translation>Les sources dont les pixels ne sont pas un nombre entier de fois plus grands ou plus petits que ceux de l'image, ou n'en partagent pas les bords, sont rééchantillonnées sur sa grille (bilinéaire) ; les autres gardent leur résolution. Si la case n'est pas cochée, de telles sources sont une erreur.</translation>
    </message>
    <message>
        <source>Convert patches images to TFRecords</source>
        <translation>Convertir des images d'imagettes en TFRecords</translation>
    </message>
    <message>
        <source>patch,patches image,dataset,TFRecord,training,OTBTF,to_tfrecords</source>
        <translation>imagette,image d'imagettes,jeu de données,TFRecord,apprentissage,OTBTF,to_tfrecords</translation>
    </message>
    <message>
        <source>Writes patches images and their labels, made by Extract patches or by OTBTF's PatchesExtraction, into a dataset folder: one subfolder of TFRecords for each split, and a file &lt;i&gt;dataset.json&lt;/i&gt; that describes them.
Patches are assigned to the splits at random: where patches overlap, the same ground is in several splits, and the accuracy reported by training is too high. Export patches and labels as TFRecords avoids that.
Next step: Train a network.</source>
        <translation>Écrit des images d'imagettes et leurs étiquettes, produites par Extraire des imagettes ou par PatchesExtraction d'OTBTF, dans un dossier de jeu de données : un sous-dossier de TFRecords par partition, et un fichier &lt;i&gt;dataset.json&lt;/i&gt; qui les décrit.
Les imagettes sont réparties au hasard entre les partitions : là où elles se chevauchent, le même terrain est dans plusieurs partitions, et la précision annoncée par l'apprentissage est trop élevée. Exporter imagettes et étiquettes en TFRecords évite cela.
Étape suivante : Entraîner un réseau.</translation>
    </message>
    <message>
        <source>Patches images</source>
        <translation>Images d'imagettes</translation>
    </message>
    <message>
        <source>One or more rasters, each as wide as a patch; their patches are taken in the order of the list.</source>
        <translation>Un ou plusieurs rasters, chacun aussi large qu'une imagette ; leurs imagettes sont prises dans l'ordre de la liste.</translation>
    </message>
    <message>
        <source>Patches images of labels</source>
        <translation>Images d'imagettes des étiquettes</translation>
    </message>
    <message>
        <source>Class values of the same patches in the same order, or one label for each patch in a raster of 1 × n pixels. Pixels with no data are unlabelled. Real numbers (Float32, Float64) are continuous values to learn.</source>
        <translation>Les valeurs de classe des mêmes imagettes dans le même ordre, ou une étiquette par imagette dans un raster de 1 × n pixels. Les pixels sans données n'ont pas d'étiquette. Des nombres réels (Float32, Float64) sont des valeurs continues à apprendre.</translation>
    </message>
    <message>
        <source>Patches images of source {number}</source>
        <translation>Images d'imagettes de la source {number}</translation>
    </message>
    <message>
        <source>Patches images of a further source: the same patches in the same order.</source>
        <translation>Les images d'imagettes d'une autre source : les mêmes imagettes dans le même ordre.</translation>
    </message>
    <message>
        <source>Fraction of the patches that the best state of the network is chosen with: the split valid.</source>
        <translation>Part des imagettes avec lesquelles est choisi le meilleur état du réseau : la partition valid.</translation>
    </message>
    <message>
        <source>Fraction of the patches that the trained network is evaluated with: the split test.</source>
        <translation>Part des imagettes avec lesquelles le réseau entraîné est évalué : la partition test.</translation>
    </message>
    <message>
        <source>{name}: the folder {folder} is temporary and will be deleted when QGIS ends. To keep it, copy it before, or choose another folder ({parameter}) and run this again.</source>
        <translation>{name} : le dossier {folder} est temporaire et sera supprimé à la fermeture de QGIS. Pour le garder, copiez-le avant, ou choisissez un autre dossier ({parameter}) et relancez.</translation>
    </message>
    <message>
        <source>GeoDL: deep learning on rasters</source>
        <translation>GeoDL : apprentissage profond sur des rasters</translation>
    </message>
    <message>
        <source>GeoDL is not set up on this computer: run Set up the environment once (menu Plugins, GeoDL). It takes some minutes.</source>
        <translation>GeoDL n'est pas installé sur cet ordinateur : exécutez une fois Installer l'environnement (menu Extensions, GeoDL). Cela prend quelques minutes.</translation>
    </message>
    <message>
        <source>Lay patch positions on a regular grid</source>
        <translation>Placer des positions sur une grille régulière</translation>
    </message>
    <message>
        <source>patch,sample,grid,regular,chessboard,mask,split,OTBTF,PatchesSelection</source>
        <translation>imagette,échantillon,grille,régulier,damier,masque,partition,OTBTF,PatchesSelection</translation>
    </message>
    <message>
        <source>Places patches at regular steps over the whole image, or inside a mask, and divides them into the splits train, valid and test. Use it where labels cover the whole image, such as a label raster.
All positions have the class 1; the labels are added when the dataset is exported.
Next step: Export patches and labels as TFRecords, with labels from polygons or a raster.</source>
        <translation>Place des imagettes à pas réguliers sur toute l'image, ou dans un masque, et les répartit entre les partitions train, valid et test. À utiliser quand les étiquettes couvrent toute l'image, comme un raster d'étiquettes.
Toutes les positions ont la classe 1 ; les étiquettes sont ajoutées à l'export du jeu de données.
Étape suivante : Exporter imagettes et étiquettes en TFRecords, avec des étiquettes tirées de polygones ou d'un raster.</translation>
    </message>
    <message>
        <source>How to split the patches</source>
        <translation>Répartition des imagettes</translation>
    </message>
    <message>
        <source>Which patches train the network, choose its best state and judge it.</source>
        <translation>Quelles imagettes entraînent le réseau, choisissent son meilleur état et le jugent.</translation>
    </message>
    <message>
        <source>whole square blocks of the image go to train, valid or test.</source>
        <translation>des blocs carrés entiers de l'image vont à train, valid ou test.</translation>
    </message>
    <message>
        <source>all patches go to train.</source>
        <translation>toutes les imagettes vont à train.</translation>
    </message>
    <message>
        <source>the black squares go to train, the white ones to valid and test.</source>
        <translation>les cases noires vont à train, les blanches à valid et test.</translation>
    </message>
    <message>
        <source>Step (pixels, 0 = patch size)</source>
        <translation>Pas (pixels, 0 = taille d'imagette)</translation>
    </message>
    <message>
        <source>Pixels from one patch to the next. With a step smaller than the patch size, patches overlap. If a source has larger pixels, the step must be a whole number of them.</source>
        <translation>Nombre de pixels d'une imagette à la suivante. Si le pas est plus petit que la taille d'imagette, les imagettes se chevauchent. Si une source a des pixels plus grands, le pas doit en être un nombre entier.</translation>
    </message>
    <message>
        <source>Offset (pixels)</source>
        <translation>Décalage (pixels)</translation>
    </message>
    <message>
        <source>Column and row of the first pixel of the first patch. If a source has larger pixels, the offset is counted from the edge of the first of them, and must be a whole number of them.</source>
        <translation>Colonne et ligne du premier pixel de la première imagette. Si une source a des pixels plus grands, le décalage est compté à partir du bord du premier d'entre eux, et doit en être un nombre entier.</translation>
    </message>
    <message>
        <source>Only patches whose central pixel lies inside one of these features. The layer may be in any CRS.</source>
        <translation>Seulement les imagettes dont le pixel central est dans l'une de ces entités. La couche peut être dans n'importe quel SCR.</translation>
    </message>
    <message>
        <source>Or a mask raster</source>
        <translation>Ou un raster de masque</translation>
    </message>
    <message>
        <source>Only patches whose central pixel has a value other than 0 and no-data in the first band.</source>
        <translation>Seulement les imagettes dont le pixel central a, dans la première bande, une valeur autre que 0 et nodata.</translation>
    </message>
    <message>
        <source>Side of the blocks or squares. Automatic: three times the patch size, or three times the buffer if that is set; for the chessboard one step, or as many steps as hold three patches if patches overlap.</source>
        <translation>Côté des blocs ou des cases. Automatique : trois fois la taille d'imagette, ou trois fois la zone tampon si elle est fixée ; pour le damier un pas, ou autant de pas qu'il en faut pour trois imagettes si elles se chevauchent.</translation>
    </message>
    <message>
        <source>Sample positions from a label raster</source>
        <translation>Échantillonner des positions dans un raster d'étiquettes</translation>
    </message>
    <message>
        <source>patch,sample,training,raster,labels,split,OTBTF,LabelImageSampleSelection,PatchesSelection</source>
        <translation>imagette,échantillon,apprentissage,raster,étiquettes,partition,OTBTF,LabelImageSampleSelection,PatchesSelection</translation>
    </message>
    <message>
        <source>Chooses random pixels that have a class in a label raster. Each is the centre of a patch, the small image that a network learns from. The positions are divided into three splits: &lt;i&gt;train&lt;/i&gt; for learning, &lt;i&gt;valid&lt;/i&gt; for choosing the best state of the network, &lt;i&gt;test&lt;/i&gt; for judging it.
Neighbouring patches look alike, so by default whole square blocks of the image go to one split, and patches of different splits share no pixel; blocks are smaller where labels are few. Positions may lie anywhere in the image.
The label raster may have another grid than the image: the nearest pixel is taken. No-data pixels have no class.
Next step: Export patches and labels as TFRecords.</source>
        <translation>Choisit au hasard des pixels qui ont une classe dans un raster d'étiquettes. Chacun est le centre d'une imagette, la petite image dont un réseau apprend. Les positions sont réparties en trois partitions : &lt;i&gt;train&lt;/i&gt; pour apprendre, &lt;i&gt;valid&lt;/i&gt; pour choisir le meilleur état du réseau, &lt;i&gt;test&lt;/i&gt; pour le juger.
Les imagettes voisines se ressemblent : par défaut, des blocs carrés entiers de l'image vont donc à une même partition, et les imagettes de partitions différentes n'ont aucun pixel en commun ; les blocs sont plus petits là où les étiquettes sont rares. Les positions peuvent être n'importe où dans l'image.
Le raster d'étiquettes peut avoir une autre grille que l'image : le pixel le plus proche est pris. Les pixels nodata n'ont pas de classe.
Étape suivante : Exporter imagettes et étiquettes en TFRecords.</translation>
    </message>
    <message>
        <source>A raster with one band of integers: the class of each pixel.</source>
        <translation>Un raster à une bande d'entiers : la classe de chaque pixel.</translation>
    </message>
    <message>
        <source>Draw a sample to judge a map</source>
        <translation>Tirer un échantillon pour juger une carte</translation>
    </message>
    <message>
        <source>accuracy,validation,stratified,random,sample,area,points,reference,Olofsson,good practice</source>
        <translation>précision,validation,stratifié,aléatoire,échantillon,surface,points,référence,vérité terrain,Olofsson</translation>
    </message>
    <message>
        <source>Draws random points of each class of a map, which you then label from better images or in the field. From them, Evaluate a map tells the accuracy and the area of each class in the whole map, with 95 % intervals that hold (Olofsson et al. 2014). Polygons that were drawn by hand cannot do that.
Open the layer for editing and choose in its form, point by point, the class that you see at the central pixel. The form and the table do not show what the map says there: who knows it tends to agree with it. (It is in the field map_class, for Evaluate a map.) The points are in random order, so that you may stop after any number of them and evaluate what you have.
Do not choose other points instead of hard ones, and do not train with these points.
Next step: Evaluate a map, with this layer as the reference.</source>
        <translation>Tire au hasard des points de chaque classe d'une carte, que vous étiquetez ensuite d'après de meilleures images ou sur le terrain. À partir d'eux, Évaluer une carte donne la précision et la surface de chaque classe dans toute la carte, avec des intervalles de confiance à 95 % fiables (Olofsson et al. 2014). Des polygones dessinés à la main ne le permettent pas.
Ouvrez la couche en édition et choisissez dans son formulaire, point par point, la classe que vous voyez au pixel central. Le formulaire et la table ne montrent pas ce que dit la carte : qui le sait tend à l'approuver. (C'est dans le champ map_class, pour Évaluer une carte.) Les points sont dans un ordre aléatoire : vous pouvez vous arrêter après n'importe quel nombre et évaluer ce que vous avez.
Ne choisissez pas d'autres points à la place de ceux qui sont difficiles, et n'entraînez pas avec ces points.
Étape suivante : Évaluer une carte, avec cette couche comme référence.</translation>
    </message>
    <message>
        <source>Standard error of the overall accuracy</source>
        <translation>Erreur type de la précision globale</translation>
    </message>
    <message>
        <source>How precisely you want to know the overall accuracy: its 95 % interval is about ± twice that. Half the standard error takes four times as many points: for a map with 90 % correct pixels, about 900 for 0.01, 225 for 0.02 and 100 for 0.03, and more where there are rare classes. The log tells.</source>
        <translation>Avec quelle finesse vous voulez connaître la précision globale : son intervalle à 95 % est d'environ ± deux fois cette valeur. Diviser l'erreur type par deux demande quatre fois plus de points : pour une carte dont 90 % des pixels sont corrects, environ 900 pour 0,01, 225 pour 0,02 et 100 pour 0,03, et davantage s'il y a des classes rares. Le journal le dit.</translation>
    </message>
    <message>
        <source>Expected user's accuracy</source>
        <translation>Précision utilisateur attendue</translation>
    </message>
    <message>
        <source>Your guess how many of the pixels of each class of the map are correct. A guess that is too high gives too few points.</source>
        <translation>Votre estimation de la part de pixels corrects dans chaque classe de la carte. Une estimation trop élevée donne trop peu de points.</translation>
    </message>
    <message>
        <source>Expected user's accuracies of single classes</source>
        <translation>Précisions utilisateur attendues de certaines classes</translation>
    </message>
    <message>
        <source>Guesses for classes that are better or worse than the others, by name or value, such as 'forest=0.95, wetland=0.7'.</source>
        <translation>Estimations pour les classes meilleures ou moins bonnes que les autres, par nom ou valeur, par exemple 'forest=0.95, wetland=0.7'.</translation>
    </message>
    <message>
        <source>Number of points (0 = by the standard error)</source>
        <translation>Nombre de points (0 = selon l'erreur type)</translation>
    </message>
    <message>
        <source>How many points to draw, if you know how many you can label. The log tells how precise the accuracy will be.</source>
        <translation>Nombre de points à tirer, si vous savez combien vous pouvez en étiqueter. Le journal dit avec quelle finesse la précision sera connue.</translation>
    </message>
    <message>
        <source>Points of each class</source>
        <translation>Points de chaque classe</translation>
    </message>
    <message>
        <source>How the points are shared among the classes.</source>
        <translation>Comment les points sont répartis entre les classes.</translation>
    </message>
    <message>
        <source>in proportion to the areas, but rare classes get the minimum, so that something can be said about each; as Olofsson et al. advise.</source>
        <translation>en proportion des surfaces, mais les classes rares reçoivent le minimum, pour que l'on puisse dire quelque chose de chacune ; comme le conseillent Olofsson et al.</translation>
    </message>
    <message>
        <source>in proportion to the areas.</source>
        <translation>en proportion des surfaces.</translation>
    </message>
    <message>
        <source>the same number of each class.</source>
        <translation>le même nombre pour chaque classe.</translation>
    </message>
    <message>
        <source>Points of a rare class</source>
        <translation>Points d'une classe rare</translation>
    </message>
    <message>
        <source>For 'mixed': what classes get that are too small for as many in proportion to their area. 50 to 100 are usual.</source>
        <translation>Pour 'mixed' : ce que reçoivent les classes trop petites pour en avoir autant en proportion de leur surface. 50 à 100 est habituel.</translation>
    </message>
    <message>
        <source>Points lie inside these polygons, and the accuracy is that of the map inside them.</source>
        <translation>Les points sont à l'intérieur de ces polygones, et la précision est celle de la carte à l'intérieur.</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <source>Points lie inside this extent, and the accuracy is that of the map inside it.</source>
        <translation>Les points sont à l'intérieur de cette emprise, et la précision est celle de la carte à l'intérieur.</translation>
    </message>
    <message>
        <source>Sample to label</source>
        <translation>Échantillon à étiqueter</translation>
    </message>
    <message>
        <source>Number of points</source>
        <translation>Nombre de points</translation>
    </message>
    <message>
        <source>Standard error to expect</source>
        <translation>Erreur type attendue</translation>
    </message>
    <message>
        <source>Sample positions from polygons</source>
        <translation>Échantillonner des positions dans des polygones</translation>
    </message>
    <message>
        <source>patch,sample,training,polygons,split,OTBTF,PatchesSelection</source>
        <translation>imagette,échantillon,apprentissage,polygones,partition,OTBTF,PatchesSelection</translation>
    </message>
    <message>
        <source>Chooses random pixels inside your labelled polygons, lines or points. Each is the centre of a patch, the small image that a network learns from. The positions are divided into three splits: &lt;i&gt;train&lt;/i&gt; for learning, &lt;i&gt;valid&lt;/i&gt; for choosing the best state of the network, &lt;i&gt;test&lt;/i&gt; for judging it.
Neighbouring patches look alike, so by default whole square blocks of the image go to one split, and patches of different splits share no pixel. Where labels are too few for that, whole polygons go to one split: patches may then overlap, but a patch carries the labels of its own split only. Positions may lie anywhere in the image. Where polygons overlap, the later feature counts.
The layer may be in any CRS.
Next step: Export patches and labels as TFRecords.</source>
        <translation>Choisit au hasard des pixels dans vos polygones, lignes ou points étiquetés. Chacun est le centre d'une imagette, la petite image dont un réseau apprend. Les positions sont réparties en trois partitions : &lt;i&gt;train&lt;/i&gt; pour apprendre, &lt;i&gt;valid&lt;/i&gt; pour choisir le meilleur état du réseau, &lt;i&gt;test&lt;/i&gt; pour le juger.
Les imagettes voisines se ressemblent : par défaut, des blocs carrés entiers de l'image vont donc à une même partition, et les imagettes de partitions différentes n'ont aucun pixel en commun. Là où les étiquettes sont trop rares pour cela, ce sont des polygones entiers qui vont à une même partition : les imagettes peuvent alors se chevaucher, mais une imagette ne porte que les étiquettes de sa propre partition. Les positions peuvent être n'importe où dans l'image. Là où des polygones se chevauchent, la dernière entité compte.
La couche peut être dans n'importe quel SCR.
Étape suivante : Exporter imagettes et étiquettes en TFRecords.</translation>
    </message>
    <message>
        <source>Examples of each class. A handful of polygons per class is enough to begin with; spread them over the image.</source>
        <translation>Des exemples de chaque classe. Quelques polygones par classe suffisent pour commencer ; répartissez-les sur l'image.</translation>
    </message>
    <message>
        <source>Split field</source>
        <translation>Champ de la partition</translation>
    </message>
    <message>
        <source>For the split 'by field': a text field with the values train, valid or test. Features without a value are left out.</source>
        <translation>Pour la répartition 'by field' : un champ de texte avec les valeurs train, valid ou test. Les entités sans valeur sont écartées.</translation>
    </message>
    <message>
        <source>spatial blocks where every class keeps enough labels in train and valid; else whole features, or, for a label raster, smaller blocks. The log says what was done and why.</source>
        <translation>blocs spatiaux si chaque classe garde assez d'étiquettes dans train et valid ; sinon entités entières ou, pour un raster d'étiquettes, blocs plus petits. Le journal dit ce qui a été fait et pourquoi.</translation>
    </message>
    <message>
        <source>whole polygons, lines or points go to train, valid or test; a large polygon that is the only one of its class is cut.</source>
        <translation>des polygones, lignes ou points entiers vont à train, valid ou test ; un grand polygone qui est le seul de sa classe est découpé.</translation>
    </message>
    <message>
        <source>all positions go to train.</source>
        <translation>toutes les positions vont à train.</translation>
    </message>
    <message>
        <source>each position goes to a split at random; positions too close to another split are left out.</source>
        <translation>chaque position va à une partition au hasard ; les positions trop proches d'une autre partition sont écartées.</translation>
    </message>
    <message>
        <source>a field of the layer names the split of each feature.</source>
        <translation>un champ de la couche nomme la partition de chaque entité.</translation>
    </message>
    <message>
        <source>Sampling strategy</source>
        <translation>Stratégie d'échantillonnage</translation>
    </message>
    <message>
        <source>How many positions are taken from each class.</source>
        <translation>Combien de positions sont prises dans chaque classe.</translation>
    </message>
    <message>
        <source>Number of positions</source>
        <translation>Nombre de positions</translation>
    </message>
    <message>
        <source>In all or for each class, depending on the strategy. Fewer are taken where there is not enough room.</source>
        <translation>En tout ou par classe, selon la stratégie. Il y en a moins là où la place manque.</translation>
    </message>
    <message>
        <source>How to split the positions</source>
        <translation>Répartition des positions</translation>
    </message>
    <message>
        <source>Which labels train the network (train), choose its best state (valid) and judge it (test). No label is in two splits.</source>
        <translation>Quelles étiquettes entraînent le réseau (train), choisissent son meilleur état (valid) et le jugent (test). Aucune étiquette n'est dans deux partitions.</translation>
    </message>
    <message>
        <source>Side of the spatial blocks and of the chessboard's squares. Automatic: three times the patch size, or three times the buffer if that is set, and larger on very large images.</source>
        <translation>Côté des blocs spatiaux et des cases du damier. Automatique : trois fois la taille d'imagette, ou trois fois la zone tampon si elle est fixée, et davantage sur les très grandes images.</translation>
    </message>
    <message>
        <source>Fraction of the positions that the best state of the network is chosen with: the split valid.</source>
        <translation>Part des positions avec lesquelles est choisi le meilleur état du réseau : la partition valid.</translation>
    </message>
    <message>
        <source>Fraction of the positions that the trained network is evaluated with: the split test.</source>
        <translation>Part des positions avec lesquelles le réseau entraîné est évalué : la partition test.</translation>
    </message>
    <message>
        <source>Block size (pixels, 0 = automatic)</source>
        <translation>Taille des blocs (pixels, 0 = automatique)</translation>
    </message>
    <message>
        <source>Buffer between splits (pixels, 0 = automatic)</source>
        <translation>Zone tampon entre partitions (pixels, 0 = automatique)</translation>
    </message>
    <message>
        <source>Positions closer than this to a position of another split are left out. The distance is the larger of the differences in columns and rows. Automatic: the patch size, so that patches of different splits share no pixel; between whole features none, since patches share no label; a buffer that you set is kept there only if SPLIT is 'features' or 'by field'.</source>
        <translation>Les positions plus proches que cela d'une position d'une autre partition sont écartées. La distance est la plus grande des différences de colonnes et de lignes. Automatique : la taille d'imagette, de sorte que les imagettes de partitions différentes n'ont aucun pixel en commun ; aucune entre entités entières, puisque les imagettes n'ont pas d'étiquette en commun ; une zone tampon que vous fixez n'y est respectée que si SPLIT est 'features' ou 'by field'.</translation>
    </message>
    <message>
        <source>Minimum distance between positions (pixels, 0 = none)</source>
        <translation>Distance minimale entre positions (pixels, 0 = aucune)</translation>
    </message>
    <message>
        <source>No two positions are closer than this. The distance is the larger of the differences in columns and rows: with the patch size, no two patches overlap.</source>
        <translation>Deux positions ne sont jamais plus proches que cela. La distance est la plus grande des différences de colonnes et de lignes : avec la taille d'imagette, les imagettes ne se chevauchent pas.</translation>
    </message>
    <message>
        <source>Leave out patches with no-data</source>
        <translation>Écarter les imagettes avec nodata</translation>
    </message>
    <message>
        <source>Leaves out positions whose patch contains a no-data value in any band of any source, and takes others instead where possible. The outputs say how many pixels were rejected in each source. Rarely needed: pixels without data are never positions, and the network fills a few in a patch.</source>
        <translation>Écarte les positions dont l'imagette contient une valeur nodata dans une bande quelconque d'une source quelconque, et en prend d'autres à la place si possible. Les sorties disent combien de pixels ont été rejetés dans chaque source. Rarement utile : les pixels sans données ne sont jamais des positions, et le réseau en comble quelques-uns dans une imagette.</translation>
    </message>
    <message>
        <source>Points with the fields class and split, to look at in the map, and for Export patches and labels as TFRecords.</source>
        <translation>Des points avec les champs class et split, à regarder sur la carte, et pour Exporter imagettes et étiquettes en TFRecords.</translation>
    </message>
    <message>
        <source>Training positions</source>
        <translation>Positions d'apprentissage</translation>
    </message>
    <message>
        <source>Validation positions</source>
        <translation>Positions de validation</translation>
    </message>
    <message>
        <source>Test positions</source>
        <translation>Positions de test</translation>
    </message>
    <message>
        <source>Positions left out for lack of room</source>
        <translation>Positions écartées faute de place</translation>
    </message>
    <message>
        <source>Pixels rejected because of no-data, all sources</source>
        <translation>Pixels rejetés à cause de nodata, toutes sources</translation>
    </message>
    <message>
        <source>Pixels rejected because of no-data, by source</source>
        <translation>Pixels rejetés à cause de nodata, par source</translation>
    </message>
    <message>
        <source>Minutes that the worker process is kept after a job, so that the next one starts at once (it takes about 1 GB of memory meanwhile; 0 = it ends at once)</source>
        <translation>Minutes pendant lesquelles le processus de calcul est gardé après une tâche, pour que la suivante démarre aussitôt (il occupe pendant ce temps environ 1 Go de mémoire ; 0 = il s'arrête aussitôt)</translation>
    </message>
    <message>
        <source>Python with TensorFlow (empty = the environment of GeoDL)</source>
        <translation>Python avec TensorFlow (vide = l'environnement de GeoDL)</translation>
    </message>
    <message>
        <source>Memory that maps may use, in MB, unless their dialog says otherwise</source>
        <translation>Mémoire utilisable pour les cartes, en Mo, sauf indication contraire dans leur boîte de dialogue</translation>
    </message>
    <message>
        <source>tensorflow,keras,install,pip,venv,python,GPU,CUDA,offline,proxy</source>
        <translation>tensorflow,keras,installation,pip,venv,python,GPU,CUDA,hors ligne,proxy</translation>
    </message>
    <message>
        <source>Installs TensorFlow and what else GeoDL needs, once. It goes into an environment of its own outside QGIS, made from QGIS's own Python: QGIS and its plugins are left as they are.
About 2 GB are installed (8 GB with the build for NVIDIA GPUs), which takes some minutes. You may cancel it: the next run goes on from there. Run it again after an update of GeoDL or QGIS, or when &lt;i&gt;Check the environment&lt;/i&gt; finds something wrong: it installs only what is missing or damaged, and if nothing is, it says so.
Each QGIS on a computer has an environment of its own. That of a QGIS which was removed or updated goes over to the next QGIS with the same version of Python, without a download.
The proxy of QGIS's options and the configuration of pip are honoured.</source>
        <translation>Installe une fois TensorFlow et tout ce dont GeoDL a besoin. L'installation va dans un environnement à part, hors de QGIS, fait à partir du Python de QGIS : QGIS et ses extensions restent tels quels.
Environ 2 Go sont installés (8 Go avec la version pour GPU NVIDIA), ce qui prend quelques minutes. Vous pouvez annuler : l'exécution suivante reprend là. Relancez après une mise à jour de GeoDL ou de QGIS, ou si &lt;i&gt;Vérifier l'environnement&lt;/i&gt; trouve un défaut : seul ce qui manque ou est endommagé est installé, et s'il n'y a rien à faire, c'est dit.
Chaque QGIS d'un ordinateur a son propre environnement. Celui d'un QGIS désinstallé ou mis à jour passe au QGIS suivant qui a la même version de Python, sans téléchargement.
Le proxy des options de QGIS et la configuration de pip sont respectés.</translation>
    </message>
    <message>
        <source>TensorFlow for</source>
        <translation>TensorFlow pour</translation>
    </message>
    <message>
        <source>Which TensorFlow is installed.</source>
        <translation>Quel TensorFlow est installé.</translation>
    </message>
    <message>
        <source>for the GPU on Linux with an NVIDIA driver, else for the processor.</source>
        <translation>pour le GPU sous Linux avec un pilote NVIDIA, sinon pour le processeur.</translation>
    </message>
    <message>
        <source>small, runs everywhere.</source>
        <translation>petit, fonctionne partout.</translation>
    </message>
    <message>
        <source>with NVIDIA's CUDA libraries, on Linux (x86-64) only.</source>
        <translation>avec les bibliothèques CUDA de NVIDIA, sous Linux (x86-64) seulement.</translation>
    </message>
    <message>
        <source>Folder of the environment (empty = automatic)</source>
        <translation>Dossier de l'environnement (vide = automatique)</translation>
    </message>
    <message>
        <source>Where the environment is kept: a new folder, an empty one, or one that this algorithm made. If left empty: {folder}. Any other folder is remembered for all later runs.</source>
        <translation>Où l'environnement est gardé : un nouveau dossier, un dossier vide, ou un dossier créé par cet algorithme. S'il est vide : {folder}. Tout autre dossier est retenu pour les exécutions suivantes.</translation>
    </message>
    <message>
        <source>Folder of wheels (empty = from the network)</source>
        <translation>Dossier de wheels (vide = depuis le réseau)</translation>
    </message>
    <message>
        <source>Installs without network, from a folder with all packages as wheel files. If one is missing, the message says by which command the folder is filled on another computer. If left empty: the packages come from the network.</source>
        <translation>Installe sans réseau, à partir d'un dossier qui contient tous les paquets sous forme de fichiers wheel. S'il en manque un, le message donne la commande qui remplit le dossier sur un autre ordinateur. S'il est vide : les paquets viennent du réseau.</translation>
    </message>
    <message>
        <source>Folder of the environment</source>
        <translation>Dossier de l'environnement</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Ce qui a été fait</translation>
    </message>
    <message>
        <source>The setting {setting}, which named {python}, was removed.</source>
        <translation>Le réglage {setting}, qui désignait {python}, a été supprimé.</translation>
    </message>
    <message>
        <source>The variable {variable} names {python}, which is used instead of the environment.</source>
        <translation>La variable {variable} désigne {python}, qui est utilisé à la place de l'environnement.</translation>
    </message>
    <message>
        <source>0: as in training</source>
        <translation>0 : comme à l'apprentissage</translation>
    </message>
    <message>
        <source>1: the limit</source>
        <translation>1 : la limite</translation>
    </message>
    <message>
        <source>above 1: do not trust the map</source>
        <translation>plus de 1 : ne pas se fier à la carte</translation>
    </message>
    <message>
        <source>2 and more</source>
        <translation>2 et plus</translation>
    </message>
    <message>
        <source>Suggest where to label next</source>
        <translation>Proposer où étiqueter ensuite</translation>
    </message>
    <message>
        <source>active learning,uncertainty,confidence,entropy,labels,training,annotation,suggest</source>
        <translation>apprentissage actif,incertitude,confiance,entropie,étiquettes,annotation,proposer</translation>
    </message>
    <message>
        <source>Shows where further labels would help a network most: where its map is uncertain, in all of its classes (rare ones get more than their share), spread over the image and away from what is labelled already.
Open the layer for editing and choose in its form the class of each place; delete those that you cannot tell, or that show several classes. Then train again with the old labels and these (Merge vector layers): features without a class are left out. It helps most once each class has a dozen labels or more; with very few, random places are nearly as good.
These places are the hard ones: do not judge the map by them. Draw a sample to judge a map is for that.
Next step: Sample positions from polygons.</source>
        <translation>Montre où d'autres étiquettes aideraient le plus un réseau : là où sa carte est incertaine, dans toutes ses classes (les rares reçoivent plus que leur part), en les répartissant sur l'image et loin de ce qui est déjà étiqueté.
Ouvrez la couche en édition et choisissez dans son formulaire la classe de chaque lieu ; supprimez ceux que vous ne savez pas reconnaître ou qui montrent plusieurs classes. Puis entraînez à nouveau avec les anciennes étiquettes et celles-ci (Fusionner des couches vecteur) : les entités sans classe sont ignorées. C'est le plus utile quand chaque classe a une douzaine d'étiquettes ou plus ; avec très peu, des lieux pris au hasard sont presque aussi bons.
Ces lieux sont les plus difficiles : ne jugez pas la carte d'après eux. Tirer un échantillon pour juger une carte est fait pour cela.
Étape suivante : Échantillonner des positions dans des polygones.</translation>
    </message>
    <message>
        <source>The raster of confidence that was made with the map.</source>
        <translation>Le raster de confiance produit avec la carte.</translation>
    </message>
    <message>
        <source>The raster of unfamiliarity that was made with the map: places that the network has never seen the like of are suggested as well, however certain it is.</source>
        <translation>Le raster d'étrangeté produit avec la carte : des lieux tels que le réseau n'en a jamais vu sont proposés aussi, si sûr qu'il soit.</translation>
    </message>
    <message>
        <source>Existing labels</source>
        <translation>Étiquettes existantes</translation>
    </message>
    <message>
        <source>What is labelled already, in any CRS. Suggestions lie elsewhere.</source>
        <translation>Ce qui est déjà étiqueté, dans n'importe quel SCR. Les propositions sont ailleurs.</translation>
    </message>
    <message>
        <source>Number of places</source>
        <translation>Nombre de lieux</translation>
    </message>
    <message>
        <source>As many as you want to label now.</source>
        <translation>Autant que vous voulez en étiqueter maintenant.</translation>
    </message>
    <message>
        <source>Shape of the places</source>
        <translation>Forme des lieux</translation>
    </message>
    <message>
        <source>What you will label at each place.</source>
        <translation>Ce que vous étiquetterez à chaque endroit.</translation>
    </message>
    <message>
        <source>small polygons, which label all of their pixels and can be merged with other polygons; change their outline where it does not fit.</source>
        <translation>de petits polygones, qui étiquettent tous leurs pixels et se fusionnent avec d'autres polygones ; modifiez leur contour là où il ne convient pas.</translation>
    </message>
    <message>
        <source>of one pixel each.</source>
        <translation>d'un pixel chacun.</translation>
    </message>
    <message>
        <source>Side of the squares (pixels)</source>
        <translation>Côté des carrés (pixels)</translation>
    </message>
    <message>
        <source>For 'squares'.</source>
        <translation>Pour 'squares'.</translation>
    </message>
    <message>
        <source>Minimum distance between places (pixels, 0 = automatic)</source>
        <translation>Distance minimale entre lieux (pixels, 0 = automatique)</translation>
    </message>
    <message>
        <source>As far as there is room. Automatic: half the distance of as many places on a regular grid.</source>
        <translation>Autant que la place le permet. Automatique : la moitié de la distance qu'auraient autant de lieux sur une grille régulière.</translation>
    </message>
    <message>
        <source>Places to label</source>
        <translation>Lieux à étiqueter</translation>
    </message>
    <message>
        <source>Mean uncertainty of the places</source>
        <translation>Incertitude moyenne des lieux</translation>
    </message>
    <message>
        <source>Mean uncertainty of the map</source>
        <translation>Incertitude moyenne de la carte</translation>
    </message>
    <message>
        <source>Places of each class of the map</source>
        <translation>Lieux de chaque classe de la carte</translation>
    </message>
    <message>
        <source>Train a network</source>
        <translation>Entraîner un réseau</translation>
    </message>
    <message>
        <source>deep learning,neural network,training,U-Net,FCNN,TensorFlow,Keras,segmentation,regression,fine-tuning,OTBTF</source>
        <translation>apprentissage profond,réseau de neurones,apprentissage,U-Net,FCNN,TensorFlow,Keras,segmentation,régression,affinage,OTBTF</translation>
    </message>
    <message>
        <source>Trains a network on a dataset folder and saves it as a model folder. The network predicts what the dataset holds: classes, or continuous values such as tree cover.
The image values are normalised inside the network, and unlabelled pixels are ignored. The network of the epoch with the lowest loss on the split &lt;i&gt;valid&lt;/i&gt; is saved, its probabilities being calibrated. The report shows the learning curves and the accuracy on the splits valid and test.
The network is compared with one that sees single pixels. If it is worse, it is replaced, and a warning says so.
Several datasets, one a scene, train one network: scenes may be of other places or dates, and need not have all classes.
Without a GPU, training takes some minutes; the effort &lt;i&gt;quick&lt;/i&gt; takes less.
The architecture &lt;i&gt;custom&lt;/i&gt; runs the Python file that you choose: only use files that you trust.
Next step: Apply a model to a raster.</source>
        <translation>Entraîne un réseau sur un jeu de données et l'enregistre dans un dossier de modèle. Le réseau prédit ce que contient le jeu de données : des classes, ou des valeurs continues comme le couvert arboré.
Les valeurs de l'image sont normalisées dans le réseau, et les pixels sans étiquette sont ignorés. Le réseau de l'époque dont la perte sur la partition &lt;i&gt;valid&lt;/i&gt; est la plus faible est enregistré, ses probabilités étant calibrées. Le rapport montre les courbes d'apprentissage et la précision sur les partitions valid et test.
Le réseau est comparé à un autre qui voit les pixels un par un. S'il est moins bon, il est remplacé, et un avertissement le dit.
Plusieurs jeux de données, un par scène, entraînent un même réseau : les scènes peuvent être d'autres lieux ou d'autres dates, et n'ont pas à avoir toutes les classes.
Sans GPU, l'apprentissage prend quelques minutes ; l'effort &lt;i&gt;quick&lt;/i&gt; en prend moins.
L'architecture &lt;i&gt;custom&lt;/i&gt; exécute le fichier Python que vous choisissez : n'utilisez que des fichiers de confiance.
Étape suivante : Appliquer un modèle à un raster.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Précision</translation>
    </message>
    <message>
        <source>A new folder; an existing one is replaced if this algorithm made it.</source>
        <translation>Un nouveau dossier ; un dossier existant est remplacé s'il a été créé par cet algorithme.</translation>
    </message>
    <message>
        <source>Training report</source>
        <translation>Rapport d'apprentissage</translation>
    </message>
    <message>
        <source>A page with the learning curves and the accuracy of each class. It lies in the model folder as well.</source>
        <translation>Une page avec les courbes d'apprentissage et la précision de chaque classe. Elle se trouve aussi dans le dossier du modèle.</translation>
    </message>
    <message>
        <source>The model's file saved_model.pb</source>
        <translation>Le fichier saved_model.pb du modèle</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>Meilleure époque</translation>
    </message>
    <message>
        <source>Comparison with single pixels</source>
        <translation>Comparaison avec les pixels isolés</translation>
    </message>
    <message>
        <source>Invalid {name}.</source>
        <translation>Valeur incorrecte : {name}.</translation>
    </message>
    <message>
        <source>whole numbers greater than 0, such as 16,32,64</source>
        <translation>des nombres entiers supérieurs à 0, par exemple 16,32,64</translation>
    </message>
    <message>
        <source>The file {file} is run as a program, with all your rights (SHA-256: {digest}).</source>
        <translation>Le fichier {file} est exécuté comme un programme, avec tous vos droits (SHA-256 : {digest}).</translation>
    </message>
    <message>
        <source>The file {file} was not run, since you did not allow it.</source>
        <translation>Le fichier {file} n'a pas été exécuté, car vous ne l'avez pas autorisé.</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Effort</translation>
    </message>
    <message>
        <source>How long to train, and how large a network. A step is timed on this computer first: with many patches, fewer epochs are trained. WIDTH, DEPTH and EPOCHS that you set are used as they are.</source>
        <translation>Combien de temps entraîner, et un réseau de quelle taille. Un pas est d'abord chronométré sur cet ordinateur : s'il y a beaucoup d'imagettes, il y a moins d'époques. WIDTH, DEPTH et EPOCHS sont utilisés tels quels si vous les fixez.</translation>
    </message>
    <message>
        <source>a small network, in a fraction of the time, to see whether the labels are good.</source>
        <translation>un petit réseau, en une fraction du temps, pour voir si les étiquettes sont bonnes.</translation>
    </message>
    <message>
        <source>the usual network; without a GPU some minutes.</source>
        <translation>le réseau habituel ; sans GPU quelques minutes.</translation>
    </message>
    <message>
        <source>a larger network as well, trained for longer, which takes some five times as long; the better of both is saved, and the report says which.</source>
        <translation>aussi un réseau plus grand, entraîné plus longtemps, ce qui prend environ cinq fois plus de temps ; le meilleur des deux est enregistré, et le rapport dit lequel.</translation>
    </message>
    <message>
        <source>Epochs (0 = automatic)</source>
        <translation>Époques (0 = automatique)</translation>
    </message>
    <message>
        <source>Maximum number of passes over the training patches; 0: by the effort, 8 for 'standard' unless that would take very long. Training stops earlier if the network no longer improves, see PATIENCE. With few patches, an epoch is several passes.</source>
        <translation>Nombre maximal de passages sur les imagettes d'apprentissage ; 0 : selon l'effort, 8 pour 'standard' sauf si cela devait être très long. L'apprentissage s'arrête plus tôt si le réseau ne s'améliore plus, voir PATIENCE. S'il y a peu d'imagettes, une époque fait plusieurs passages.</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Taille de lot</translation>
    </message>
    <message>
        <source>Number of patches that are processed at the same time. Choose a smaller number if there is not enough memory.</source>
        <translation>Nombre d'imagettes traitées en même temps. Choisissez un nombre plus petit si la mémoire ne suffit pas.</translation>
    </message>
    <message>
        <source>Learning rate (0 = automatic)</source>
        <translation>Taux d'apprentissage (0 = automatique)</translation>
    </message>
    <message>
        <source>How strongly each step changes the network. This is the maximum, which is reached after a few steps; then the rate decreases towards 0. Automatic: 0.002 for classes, 0.01 for values, 0.001 for networks that were trained before (INIT_MODEL, BACKBONE_WEIGHTS).</source>
        <translation>Avec quelle force chaque pas modifie le réseau. C'est le maximum, atteint après quelques pas ; le taux décroît ensuite vers 0. Automatique : 0,002 pour les classes, 0,01 pour les valeurs, 0,001 pour les réseaux déjà entraînés (INIT_MODEL, BACKBONE_WEIGHTS).</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Décroissance des poids (weight decay)</translation>
    </message>
    <message>
        <source>Keeps the weights of the network small, so that it does not memorise the training patches (overfitting).</source>
        <translation>Garde les poids du réseau petits, pour qu'il ne mémorise pas les imagettes d'apprentissage (surapprentissage).</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Fonction de perte</translation>
    </message>
    <message>
        <source>The loss function to minimise: how the errors of the network are measured.</source>
        <translation>La fonction de perte à minimiser : la mesure des erreurs du réseau.</translation>
    </message>
    <message>
        <source>cross entropy for classes, and for values the Huber loss, on which large errors have a limited influence.</source>
        <translation>l'entropie croisée pour les classes et, pour les valeurs, la perte de Huber, sur laquelle les grandes erreurs ont une influence limitée.</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>Poids des classes</translation>
    </message>
    <message>
        <source>How much the pixels of each class count.</source>
        <translation>Combien comptent les pixels de chaque classe.</translation>
    </message>
    <message>
        <source>all the same, unless a class has less than a tenth of the labelled pixels of another; then rarer classes count more, by the square root of their rarity.</source>
        <translation>tous autant, sauf si une classe a moins du dixième des pixels étiquetés d'une autre ; les classes rares comptent alors davantage, selon la racine carrée de leur rareté.</translation>
    </message>
    <message>
        <source>all labelled pixels count the same.</source>
        <translation>tous les pixels étiquetés comptent autant.</translation>
    </message>
    <message>
        <source>all classes count the same, however few pixels they have.</source>
        <translation>toutes les classes comptent autant, si peu de pixels qu'elles aient.</translation>
    </message>
    <message>
        <source>as in the next parameter.</source>
        <translation>selon le paramètre suivant.</translation>
    </message>
    <message>
        <source>Given class weights</source>
        <translation>Poids des classes donnés</translation>
    </message>
    <message>
        <source>For class weights 'given': names and weights such as water=2, forest=0.5. Other classes have the weight 1. Names with commas need quotes: "forest, dense"=2.</source>
        <translation>Pour les poids des classes 'given' : des noms et des poids, par exemple water=2, forest=0.5. Les autres classes ont le poids 1. Les noms qui ont des virgules doivent être entre guillemets : "forest, dense"=2.</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>Augmentation de données</translation>
    </message>
    <message>
        <source>Random changes of the training patches, new ones in each epoch, so that the network learns more from few polygons. 'automatic': for classes {of_classes}; for values {of_values}. {kinds} An empty list: no changes.</source>
        <translation>Modifications aléatoires des imagettes d'apprentissage, nouvelles à chaque époque, pour que le réseau apprenne davantage de peu de polygones. 'automatic' : pour les classes {of_classes} ; pour les valeurs {of_values}. {kinds} Une liste vide : aucune modification.</translation>
    </message>
    <message>
        <source>Patience (epochs, 0 = no early stop)</source>
        <translation>Patience (époques, 0 = pas d'arrêt anticipé)</translation>
    </message>
    <message>
        <source>Stop the training after this number of epochs in which the loss on the split valid did not decrease.</source>
        <translation>Arrêter l'apprentissage après ce nombre d'époques sans baisse de la perte sur la partition valid.</translation>
    </message>
    <message>
        <source>A network that sees single pixels is trained as well, within seconds, and compared with yours on the split valid: the report says how much the surroundings of a pixel help. Custom networks and those that are trained further are never replaced, and one that has learned from single pixels only if labels in five places or more show that it is worse.</source>
        <translation>Un réseau qui voit les pixels un par un est entraîné aussi, en quelques secondes, et comparé au vôtre sur la partition valid : le rapport dit combien le voisinage d'un pixel apporte. Les réseaux personnalisés et ceux dont l'apprentissage est poursuivi ne sont jamais remplacés, et un réseau qui a appris des pixels isolés seulement si des étiquettes en au moins cinq lieux montrent qu'il est moins bon.</translation>
    </message>
    <message>
        <source>if your network is worse, a smaller one is trained, and if that is worse, too, the one of single pixels is saved; a warning says so.</source>
        <translation>si votre réseau est moins bon, un plus petit est entraîné et, si celui-ci est moins bon aussi, celui des pixels isolés est enregistré ; un avertissement le dit.</translation>
    </message>
    <message>
        <source>your network is saved in any case.</source>
        <translation>votre réseau est enregistré dans tous les cas.</translation>
    </message>
    <message>
        <source>no comparison.</source>
        <translation>pas de comparaison.</translation>
    </message>
    <message>
        <source>Train again with the labels of valid</source>
        <translation>Réentraîner avec les étiquettes de valid</translation>
    </message>
    <message>
        <source>Polygons that validate do not train. Where they are few, it is better to train the network a second time with all of them once it is judged, and to save that one; the figures stay those of the first. It takes as long again.</source>
        <translation>Les polygones qui valident n'entraînent pas. Là où ils sont peu nombreux, mieux vaut entraîner le réseau une seconde fois avec tous, une fois qu'il est jugé, et enregistrer celui-là ; les chiffres restent ceux du premier. Cela prend une seconde fois autant de temps.</translation>
    </message>
    <message>
        <source>where whole polygons, lines or points were split, as Sample positions does where labels are few.</source>
        <translation>là où des polygones, lignes ou points entiers ont été répartis, comme le fait Échantillonner des positions quand les étiquettes sont rares.</translation>
    </message>
    <message>
        <source>whenever there are labels of valid.</source>
        <translation>dès qu'il y a des étiquettes de valid.</translation>
    </message>
    <message>
        <source>only the labels of train.</source>
        <translation>les étiquettes de train seulement.</translation>
    </message>
    <message>
        <source>Pixels without labels</source>
        <translation>Pixels sans étiquette</translation>
    </message>
    <message>
        <source>What the network learns where you have drawn nothing. Without a comparison with single pixels: nothing.</source>
        <translation>Ce que le réseau apprend là où vous n'avez rien dessiné. Sans comparaison avec les pixels isolés : rien.</translation>
    </message>
    <message>
        <source>as single pixels where labels are few, so that whole polygons, lines or points were split.</source>
        <translation>comme les pixels isolés là où les étiquettes sont rares, de sorte que des polygones, lignes ou points entiers ont été répartis.</translation>
    </message>
    <message>
        <source>what the network of single pixels tells there; your labels weigh twice as much as all of that. The network cannot learn your few places by heart then.</source>
        <translation>ce qu'en dit le réseau des pixels isolés ; vos étiquettes pèsent deux fois plus que tout cela. Le réseau ne peut alors pas apprendre par cœur vos quelques lieux.</translation>
    </message>
    <message>
        <source>only labels count.</source>
        <translation>seules les étiquettes comptent.</translation>
    </message>
    <message>
        <source>The number format of the computations in training. The mixed formats need less memory and are faster on hardware that supports them. The network is saved in float32.</source>
        <translation>Le format de nombres des calculs de l'apprentissage. Les formats mixtes demandent moins de mémoire et sont plus rapides sur un matériel adapté. Le réseau est enregistré en float32.</translation>
    </message>
    <message>
        <source>the most exact, and the usual format everywhere.</source>
        <translation>le plus exact, et le format habituel partout.</translation>
    </message>
    <message>
        <source>for recent GPUs.</source>
        <translation>pour les GPU récents.</translation>
    </message>
    <message>
        <source>for older GPUs.</source>
        <translation>pour les GPU plus anciens.</translation>
    </message>
    <message>
        <source>for processors with AMX; only of convolutions.</source>
        <translation>pour les processeurs dotés d'AMX ; seulement pour les convolutions.</translation>
    </message>
    <message>
        <source>'bfloat16' where the processor has AMX and the network is so large that it is faster, such as 'unet', otherwise float32; the log says which.</source>
        <translation>'bfloat16' là où le processeur est doté d'AMX et où le réseau est assez grand pour que ce soit plus rapide, comme 'unet', sinon float32 ; le journal dit lequel.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Périphérique</translation>
    </message>
    <message>
        <source>What the network is trained on.</source>
        <translation>Le matériel sur lequel le réseau est entraîné.</translation>
    </message>
    <message>
        <source>all GPUs, or the processor if there is none; outside QGIS also all processes that TF_CONFIG or Slurm define.</source>
        <translation>tous les GPU, ou le processeur s'il n'y en a pas ; hors de QGIS, aussi tous les processus que définissent TF_CONFIG ou Slurm.</translation>
    </message>
    <message>
        <source>the processor.</source>
        <translation>le processeur.</translation>
    </message>
    <message>
        <source>the first GPU.</source>
        <translation>le premier GPU.</translation>
    </message>
    <message>
        <source>Crops of the outputs</source>
        <translation>Rognages des sorties</translation>
    </message>
    <message>
        <source>Only for using the SavedModel with OTBTF: further outputs without this number of pixels at each side, named predictions_crop16 and so on. GeoDL does not need them.</source>
        <translation>Seulement pour utiliser le SavedModel avec OTBTF : d'autres sorties sans ce nombre de pixels de chaque côté, nommées predictions_crop16 et ainsi de suite. GeoDL n'en a pas besoin.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Save a checkpoint after each epoch, in a hidden folder beside the model folder, and continue from there if an earlier run with the same parameters and dataset was interrupted.</source>
        <translation>Enregistrer un point de reprise après chaque époque, dans un dossier caché à côté du dossier du modèle, et repartir de là si une exécution précédente avec les mêmes paramètres et le même jeu de données a été interrompue.</translation>
    </message>
    <message>
        <source>Keep the best model when cancelled</source>
        <translation>Garder le meilleur modèle en cas d'annulation</translation>
    </message>
    <message>
        <source>If you cancel the training, the network of the best epoch so far is saved. Otherwise a cancelled training saves nothing.</source>
        <translation>Si vous annulez l'apprentissage, le réseau de la meilleure époque jusque-là est enregistré. Sinon, un apprentissage annulé n'enregistre rien.</translation>
    </message>
    <message>
        <source>Write logs for TensorBoard</source>
        <translation>Écrire des journaux pour TensorBoard</translation>
    </message>
    <message>
        <source>The logs are written to the folder logs in the model folder.</source>
        <translation>Les journaux sont écrits dans le dossier logs du dossier du modèle.</translation>
    </message>
    <message>
        <source>{name}: {count}</source>
        <translation>{name} : {count}</translation>
    </message>
    <message>
        <source>raster layers, or files that exist</source>
        <translation>des couches raster, ou des fichiers qui existent</translation>
    </message>
    <message>
        <source>Change between two dates</source>
        <translation>Changement entre deux dates</translation>
    </message>
    <message>
        <source>Maps two images of the same pixels with one network, and compares the maps. A value of the map of change is 1000 × the class of the first date + that of the second; the table tells how many pixels and hectares went from which class to which. Errors of both maps look like change: judge the map of change by a sample (Draw a sample to judge a map).</source>
        <translation>Cartographie deux images des mêmes pixels avec un même réseau, et compare les cartes. Une valeur de la carte de changement est 1000 × la classe de la première date + celle de la seconde ; le tableau dit combien de pixels et d'hectares sont passés de quelle classe à quelle autre. Les erreurs des deux cartes ressemblent à des changements : jugez la carte de changement par un échantillon (Tirer un échantillon pour juger une carte).</translation>
    </message>
    <message>
        <source>One raster, or several on the same grid, whose bands are stacked.</source>
        <translation>Un raster, ou plusieurs sur la même grille, dont les bandes sont empilées.</translation>
    </message>
    <message>
        <source>Likewise, with the pixels of the first image.</source>
        <translation>De même, avec les pixels de la première image.</translation>
    </message>
    <message>
        <source>A folder that Train a network made. Its classes have values up to 999.</source>
        <translation>Un dossier produit par Entraîner un réseau. Ses classes ont des valeurs jusqu'à 999.</translation>
    </message>
    <message>
        <source>Map of the first date</source>
        <translation>Carte de la première date</translation>
    </message>
    <message>
        <source>Map of the second date</source>
        <translation>Carte de la seconde date</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Image of the first date</source>
        <translation>Image de la première date</translation>
    </message>
    <message>
        <source>Image of the second date</source>
        <translation>Image de la seconde date</translation>
    </message>
    <message>
        <source>From-to table</source>
        <translation>Tableau des passages</translation>
    </message>
    <message>
        <source>Map and sample to judge it</source>
        <translation>Cartographier et échantillonner pour juger la carte</translation>
    </message>
    <message>
        <source>Maps an image with a trained network, and draws a stratified random sample of the map. Fill in the classes that you see at its points; then Evaluate a map, with the sample as the reference, tells the accuracy and the areas of the whole map with 95 % intervals.</source>
        <translation>Cartographie une image avec un réseau entraîné, et tire un échantillon aléatoire stratifié de la carte. Remplissez les classes que vous voyez à ses points ; Évaluer une carte, avec l'échantillon comme référence, donne ensuite la précision et les surfaces de toute la carte avec des intervalles de confiance à 95 %.</translation>
    </message>
    <message>
        <source>A folder that Train a network made.</source>
        <translation>Un dossier produit par Entraîner un réseau.</translation>
    </message>
    <message>
        <source>The 95 % interval of the overall accuracy is about ± twice that. Half of it takes four times as many points.</source>
        <translation>L'intervalle à 95 % de la précision globale est d'environ ± deux fois cette valeur. La diviser par deux demande quatre fois plus de points.</translation>
    </message>
    <message>
        <source>Map confidence</source>
        <translation>Confiance de la carte</translation>
    </message>
    <message>
        <source>Map and where to label next</source>
        <translation>Cartographier et voir où étiqueter ensuite</translation>
    </message>
    <message>
        <source>Maps an image with a trained network, and shows where further labels would help it most. Fill in the classes of these places, merge them with the old labels, train again, and run this again.</source>
        <translation>Cartographie une image avec un réseau entraîné, et montre où d'autres étiquettes l'aideraient le plus. Remplissez les classes de ces lieux, fusionnez-les avec les anciennes étiquettes, entraînez à nouveau, et relancez.</translation>
    </message>
    <message>
        <source>What is labelled already: suggestions lie elsewhere.</source>
        <translation>Ce qui est déjà étiqueté : les propositions sont ailleurs.</translation>
    </message>
    <message>
        <source>Map land cover from polygons</source>
        <translation>Cartographier l'occupation du sol à partir de polygones</translation>
    </message>
    <message>
        <source>Samples patches inside the training polygons, trains a network on them, maps the whole image and, if there are reference polygons, scores the map against them, outside the training polygons.</source>
        <translation>Échantillonne des imagettes dans les polygones d'apprentissage, entraîne un réseau sur elles, cartographie toute l'image et, s'il y a des polygones de référence, évalue la carte avec eux, hors des polygones d'apprentissage.</translation>
    </message>
    <message>
        <source>Passes over the training patches, at most.</source>
        <translation>Passages sur les imagettes d'apprentissage, au plus.</translation>
    </message>
    <message>
        <source>Side of the training patches, a multiple of 16.</source>
        <translation>Côté des imagettes d'apprentissage, un multiple de 16.</translation>
    </message>
    <message>
        <source>Polygons of each class, spread over the image.</source>
        <translation>Des polygones de chaque classe, répartis sur l'image.</translation>
    </message>
    <message>
        <source>Polygons whose class is known and that were not used for training. Without them and their class field, the map is not scored.</source>
        <translation>Des polygones dont la classe est connue et qui n'ont pas servi à l'apprentissage. Sans eux et sans leur champ de classe, la carte n'est pas évaluée.</translation>
    </message>
    <message>
        <source>Needed if there are reference polygons.</source>
        <translation>Nécessaire s'il y a des polygones de référence.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Époques</translation>
    </message>
    <message>
        <source>Reference polygons for the accuracy</source>
        <translation>Polygones de référence pour la précision</translation>
    </message>
    <message>
        <source>Class field of the reference</source>
        <translation>Champ de classe de la référence</translation>
    </message>
    <message>
        <source>Map land cover polygons</source>
        <translation>Cartographier l'occupation du sol en polygones</translation>
    </message>
    <message>
        <source>Samples patches inside the training polygons, trains a network on them, maps the whole image, removes areas that are too small, and makes polygons of the map. Each has the value and the name of its class (class, class_name), its area on the ellipsoid and in the unit of area of the project (area), and the mean of the highest probabilities of its pixels (confidence).</source>
        <translation>Échantillonne des imagettes dans les polygones d'apprentissage, entraîne un réseau, cartographie toute l'image, supprime les surfaces trop petites et transforme la carte en polygones. Chacun porte la valeur et le nom de sa classe (class, class_name), sa surface sur l'ellipsoïde dans l'unité de surface du projet (area) et la moyenne des plus fortes probabilités de ses pixels (confidence).</translation>
    </message>
    <message>
        <source>Smaller areas are given to the largest area beside them: the minimum mapping unit.</source>
        <translation>Les zones plus petites sont attribuées à la plus grande zone voisine : c'est l'unité minimale de cartographie.</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polygones</translation>
    </message>
    <message>
        <source>Minimum area (pixels)</source>
        <translation>Surface minimale (pixels)</translation>
    </message>
    <message>
        <source>Map values from a raster</source>
        <translation>Cartographier des valeurs à partir d'un raster</translation>
    </message>
    <message>
        <source>Trains a network on a raster of continuous values that covers a part of an image, such as tree cover in percent, and maps these values for the whole image.</source>
        <translation>Entraîne un réseau sur un raster de valeurs continues qui couvre une partie d'une image, comme le couvert arboré en pour cent, et cartographie ces valeurs sur toute l'image.</translation>
    </message>
    <message>
        <source>A raster with one band of real numbers, in any CRS and resolution.</source>
        <translation>Un raster à une bande de nombres réels, dans n'importe quels SCR et résolution.</translation>
    </message>
    <message>
        <source>Raster of known values</source>
        <translation>Raster de valeurs connues</translation>
    </message>
    <message>
        <source>Train on several scenes</source>
        <translation>Entraîner sur plusieurs scènes</translation>
    </message>
    <message>
        <source>Samples patches inside the polygons of three images, merges them and trains one network on all of them. Classes are united by name; an image need not have all of them. For more images, copy the steps in the model designer and add their datasets to those that are merged.</source>
        <translation>Échantillonne des imagettes dans les polygones de trois images, les fusionne et entraîne un seul réseau sur l'ensemble. Les classes sont réunies par leur nom ; une image n'a pas à les avoir toutes. Pour plus d'images, copiez les étapes dans le modeleur graphique et ajoutez leurs jeux de données à ceux qui sont fusionnés.</translation>
    </message>
    <message>
        <source>Images with the same bands in the same order, of other places or dates.</source>
        <translation>Des images avec les mêmes bandes dans le même ordre, d'autres lieux ou d'autres dates.</translation>
    </message>
    <message>
        <source>Polygons on the first image; each image has a layer of its own.</source>
        <translation>Les polygones de la première image ; chaque image a sa propre couche.</translation>
    </message>
    <message>
        <source>'as they are': each image gives patches for training, validation and test. 'by scene': the scenes for the test are kept out of training as a whole.</source>
        <translation>'as they are' : chaque image donne des imagettes d'apprentissage, de validation et de test. 'by scene' : les scènes de test sont entièrement tenues à l'écart de l'apprentissage.</translation>
    </message>
    <message>
        <source>For 'by scene': numbers of the images, such as 3, with commas between.</source>
        <translation>Pour 'by scene' : numéros des images, par exemple 3, séparés par des virgules.</translation>
    </message>
    <message>
        <source>Class field 1</source>
        <translation>Champ de classe 1</translation>
    </message>
    <message>
        <source>Class field 2</source>
        <translation>Champ de classe 2</translation>
    </message>
    <message>
        <source>Class field 3</source>
        <translation>Champ de classe 3</translation>
    </message>
    <message>
        <source>Image 1</source>
        <translation>Image 1</translation>
    </message>
    <message>
        <source>Image 2</source>
        <translation>Image 2</translation>
    </message>
    <message>
        <source>Image 3</source>
        <translation>Image 3</translation>
    </message>
    <message>
        <source>Merged dataset</source>
        <translation>Jeu de données fusionné</translation>
    </message>
    <message>
        <source>Training polygons 1</source>
        <translation>Polygones d'apprentissage 1</translation>
    </message>
    <message>
        <source>Training polygons 2</source>
        <translation>Polygones d'apprentissage 2</translation>
    </message>
    <message>
        <source>Training polygons 3</source>
        <translation>Polygones d'apprentissage 3</translation>
    </message>
    <message>
        <source>U-Net whose encoder is a network of Keras' collection (BACKBONE), which can start from weights that were trained on photographs: for images of very high resolution in which objects show many details.</source>
        <translation>U-Net dont l'encodeur est un réseau de la collection de Keras (BACKBONE), qui peut partir de poids appris sur des photographies : pour les images à très haute résolution dont les objets montrent de nombreux détails.</translation>
    </message>
    <message>
        <source>The small network of OTBTF's tutorial: many times faster than 'unet' but with coarser borders, for very large areas and many polygons.</source>
        <translation>Le petit réseau du tutoriel d'OTBTF : bien plus rapide que 'unet' mais aux contours plus grossiers, pour les très grandes surfaces et de nombreux polygones.</translation>
    </message>
    <message>
        <source>One label for each patch instead of each pixel: for labels that are points or whole scenes.</source>
        <translation>Une étiquette par imagette et non par pixel : pour des étiquettes qui sont des points ou des scènes entières.</translation>
    </message>
    <message>
        <source>Each pixel by its own values only, as a random forest does: trained in seconds, for classes that differ in colour and not in texture or shape, and for very few or very small polygons.</source>
        <translation>Chaque pixel d'après ses seules valeurs, comme le fait une forêt aléatoire : entraîné en quelques secondes, pour des classes qui diffèrent par la couleur et non par la texture ou la forme, et pour des polygones très peu nombreux ou très petits.</translation>
    </message>
    <message>
        <source>U-Net with residual blocks: for large data sets, and for objects that are recognised by their surroundings. Slower than 'unet'.</source>
        <translation>U-Net à blocs résiduels : pour les grands jeux de données, et pour des objets que l'on reconnaît à leur environnement. Plus lent que 'unet'.</translation>
    </message>
    <message>
        <source>For images of many dates: learns the course of the year, leaves out the dates that are missing in a pixel (clouds), and looks at few pixels around.</source>
        <translation>Pour des images de nombreuses dates : apprend le cours de l'année, laisse de côté les dates qui manquent à un pixel (nuages), et regarde peu de pixels alentour.</translation>
    </message>
    <message>
        <source>U-Net: follows fine borders and learns from few polygons. A good first choice.</source>
        <translation>U-Net : suit les contours fins et apprend de peu de polygones. Un bon premier choix.</translation>
    </message>
    <message>
        <source>the number of positions is shared equally among the classes.</source>
        <translation>le nombre de positions est réparti également entre les classes.</translation>
    </message>
    <message>
        <source>every labelled pixel is a position, whatever the number.</source>
        <translation>chaque pixel étiqueté est une position, quel que soit le nombre.</translation>
    </message>
    <message>
        <source>each class gets the number of positions.</source>
        <translation>chaque classe reçoit le nombre de positions.</translation>
    </message>
    <message>
        <source>the number of positions is shared in proportion to the areas of the classes.</source>
        <translation>le nombre de positions est réparti en proportion des surfaces des classes.</translation>
    </message>
    <message>
        <source>patches lie side by side, one wherever the central pixel is labelled, whatever the number.</source>
        <translation>les imagettes sont côte à côte, une partout où le pixel central est étiqueté, quel que soit le nombre.</translation>
    </message>
    <message>
        <source>Patches become a little brighter or darker, as a whole and band by band, and their contrast changes.</source>
        <translation>Les imagettes deviennent un peu plus claires ou plus sombres, en bloc et bande par bande, et leur contraste change.</translation>
    </message>
    <message>
        <source>A rectangle of each patch is taken from another one, with its labels.</source>
        <translation>Un rectangle de chaque imagette est pris dans une autre, avec ses étiquettes.</translation>
    </message>
    <message>
        <source>Patches are flipped and rotated by multiples of 90°; pixels keep their values.</source>
        <translation>Les imagettes sont retournées et tournées de multiples de 90° ; les pixels gardent leurs valeurs.</translation>
    </message>
    <message>
        <source>Each patch is blended with another one, images and labels alike.</source>
        <translation>Chaque imagette est mélangée à une autre, images et étiquettes pareillement.</translation>
    </message>
    <message>
        <source>A small random number is added to every pixel of every band.</source>
        <translation>Un petit nombre aléatoire est ajouté à chaque pixel de chaque bande.</translation>
    </message>
    <message>
        <source>Patches are rotated by any angle, which blurs them slightly and leaves their corners without labels.</source>
        <translation>Les imagettes sont tournées d'un angle quelconque, ce qui les rend légèrement floues et laisse leurs coins sans étiquettes.</translation>
    </message>
    <message>
        <source>For classes: the usual choice, every labelled pixel counts the same.</source>
        <translation>Pour les classes : le choix habituel, chaque pixel étiqueté compte autant.</translation>
    </message>
    <message>
        <source>For classes: pixels that are hard to classify count more.</source>
        <translation>Pour les classes : les pixels difficiles à classer comptent davantage.</translation>
    </message>
    <message>
        <source>For classes: compares areas instead of pixels, so that each class counts the same, however small.</source>
        <translation>Pour les classes : compare des surfaces plutôt que des pixels, de sorte que chaque classe compte autant, si petite qu'elle soit.</translation>
    </message>
    <message>
        <source>For classes: the sum of both, for small classes and exact borders at the same time.</source>
        <translation>Pour les classes : la somme des deux, pour de petites classes et des contours exacts en même temps.</translation>
    </message>
    <message>
        <source>For values: large errors count far more than small ones.</source>
        <translation>Pour les valeurs : les grandes erreurs comptent bien plus que les petites.</translation>
    </message>
    <message>
        <source>For values: errors count in proportion to their size, so that single wrong labels do little harm.</source>
        <translation>Pour les valeurs : les erreurs comptent en proportion de leur taille, de sorte que quelques étiquettes fausses font peu de mal.</translation>
    </message>
</context>
<context>
    <name>library</name>
    <message>
        <source>The map does not have the reference classes {unknown}: their {unknown_pixels:,} pixels count as errors. For the classes of the map alone, the overall accuracy is {overall_accuracy:.3f} and the mean F1 {mean_f1:.3f}.</source>
        <translation>La carte n'a pas les classes de référence {unknown} : leurs {unknown_pixels:,} pixels comptent comme des erreurs. Pour les seules classes de la carte, la précision globale est de {overall_accuracy:.3f} et le F1 moyen de {mean_f1:.3f}.</translation>
    </message>
    <message>
        <source>{outside:,} reference pixels do not count: the map has no class there.</source>
        <translation>{outside:,} pixels de référence ne comptent pas : la carte n'y a pas de classe.</translation>
    </message>
    <message>
        <source>The map and the reference have no pixel in common.</source>
        <translation>La carte et la référence n'ont aucun pixel en commun.</translation>
    </message>
    <message>
        <source>reference pixels where the map has a class</source>
        <translation>des pixels de référence là où la carte a une classe</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Check the reference layer and the areas that are excluded.</source>
        <translation>Vérifiez la couche de référence et les zones exclues.</translation>
    </message>
    <message>
        <source>All reference features are among the labels that the network was trained and chosen with: it does better there than elsewhere, so these figures are too good. Judge the map by other features, or exclude those of the training (EXCLUDE).</source>
        <translation>Toutes les entités de référence font partie des étiquettes avec lesquelles le réseau a été entraîné et choisi : il y réussit mieux qu'ailleurs, et ces chiffres sont donc trop bons. Jugez la carte avec d'autres entités, ou excluez celles de l'apprentissage (EXCLUDE).</translation>
    </message>
    <message>
        <source>{trained} of {features} reference features are among the labels that the network was trained and chosen with: it does better there than elsewhere, so these figures are too good. Judge the map by other features, or exclude those of the training (EXCLUDE).</source>
        <translation>{trained} entités de référence sur {features} font partie des étiquettes avec lesquelles le réseau a été entraîné et choisi : il y réussit mieux qu'ailleurs, et ces chiffres sont donc trop bons. Jugez la carte avec d'autres entités, ou excluez celles de l'apprentissage (EXCLUDE).</translation>
    </message>
    <message>
        <source>The reference has none of the map's classes.</source>
        <translation>La référence n'a aucune des classes de la carte.</translation>
    </message>
    <message>
        <source>the classes of {map_name}: {names}</source>
        <translation>les classes de {map_name} : {names}</translation>
    </message>
    <message>
        <source>Choose the field whose values or names are those of the map.</source>
        <translation>Choisissez le champ dont les valeurs ou les noms sont ceux de la carte.</translation>
    </message>
    <message>
        <source>Comparing map and reference</source>
        <translation>Comparaison de la carte et de la référence</translation>
    </message>
    <message>
        <source>split</source>
        <translation>partition</translation>
    </message>
    <message>
        <source>Starting TensorFlow</source>
        <translation>Démarrage de TensorFlow</translation>
    </message>
    <message>
        <source>The dataset {datasets} has no labelled pixels in the split {split}.</source>
        <translation>Le jeu de données {datasets} n'a pas de pixels étiquetés dans la partition {split}.</translation>
    </message>
    <message>
        <source>one of its splits with labels: {labelled}</source>
        <translation>l'une de ses partitions étiquetées : {labelled}</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>il n'y en a pas</translation>
    </message>
    <message>
        <source>continuous values</source>
        <translation>valeurs continues</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>classes</translation>
    </message>
    <message>
        <source>The labels of the dataset are not what the model predicts.</source>
        <translation>Les étiquettes du jeu de données ne sont pas ce que le modèle prédit.</translation>
    </message>
    <message>
        <source>The model does not know the classes {unknown} of the dataset.</source>
        <translation>Le modèle ne connaît pas les classes {unknown} du jeu de données.</translation>
    </message>
    <message>
        <source>The sources of the dataset are not the inputs of the model: {different}.</source>
        <translation>Les sources du jeu de données ne sont pas les entrées du modèle : {different}.</translation>
    </message>
    <message>
        <source>Export a dataset with the same sources, names and bands as the one that the model was trained on.</source>
        <translation>Exportez un jeu de données avec les mêmes sources, noms et bandes que celui qui a entraîné le modèle.</translation>
    </message>
    <message>
        <source>{total_stride} pixels, its total stride, or a multiple</source>
        <translation>{total_stride} pixels, son pas total, ou un multiple</translation>
    </message>
    <message>
        <source>{total_stride} pixels</source>
        <translation>{total_stride} pixels</translation>
    </message>
    <message>
        <source>The model cannot run on the patch size of the dataset.</source>
        <translation>Le modèle ne peut pas s'exécuter avec la taille d'imagette du jeu de données.</translation>
    </message>
    <message>
        <source>{size} pixels</source>
        <translation>{size} pixels</translation>
    </message>
    <message>
        <source>Export a dataset with another patch size.</source>
        <translation>Exportez un jeu de données avec une autre taille d'imagette.</translation>
    </message>
    <message>
        <source>{name} with the bands {bands}</source>
        <translation>{name} avec les bandes {bands}</translation>
    </message>
    <message>
        <source>{outside:,} features do not count: the map has no value in them.</source>
        <translation>{outside:,} entités ne comptent pas : la carte n'y a pas de valeur.</translation>
    </message>
    <message>
        <source>R² is undefined: all values of the reference are the same.</source>
        <translation>R² n'est pas défini : toutes les valeurs de la référence sont identiques.</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>biais</translation>
    </message>
    <message>
        <source>of {total:,} features</source>
        <translation>sur {total:,} entités</translation>
    </message>
    <message>
        <source>of {total:,} pixels</source>
        <translation>sur {total:,} pixels</translation>
    </message>
    <message>
        <source>The reference must be one layer.</source>
        <translation>La référence doit être une seule couche.</translation>
    </message>
    <message>
        <source>either features with a field of numbers, or a raster of values</source>
        <translation>soit des entités avec un champ de nombres, soit un raster de valeurs</translation>
    </message>
    <message>
        <source>both</source>
        <translation>les deux</translation>
    </message>
    <message>
        <source>neither</source>
        <translation>ni l'un ni l'autre</translation>
    </message>
    <message>
        <source>The map and the reference have no value in common.</source>
        <translation>La carte et la référence n'ont aucune valeur en commun.</translation>
    </message>
    <message>
        <source>a reference where the map has values</source>
        <translation>une référence là où la carte a des valeurs</translation>
    </message>
    <message>
        <source>Evaluating the split {split}</source>
        <translation>Évaluation de la partition {split}</translation>
    </message>
    <message>
        <source>The predictions of the network and the labels of the dataset are not of the same pixels.</source>
        <translation>Les prédictions du réseau et les étiquettes du jeu de données ne portent pas sur les mêmes pixels.</translation>
    </message>
    <message>
        <source>one prediction for each label</source>
        <translation>une prédiction par étiquette</translation>
    </message>
    <message>
        <source>predictions of {height} × {width} pixels, labels of {label_height} × {label_width}</source>
        <translation>prédictions de {height} × {width} pixels, étiquettes de {label_height} × {label_width}</translation>
    </message>
    <message>
        <source>Use a dataset with one label for each patch, or another network.</source>
        <translation>Utilisez un jeu de données avec une étiquette par imagette, ou un autre réseau.</translation>
    </message>
    <message>
        <source>{unlabelled:,} of {points:,} points of the sample have no label and are left out. The intervals hold if these points are no harder than the others: label them as well.</source>
        <translation>{unlabelled:,} points de l'échantillon sur {points:,} n'ont pas d'étiquette et sont laissés de côté. Les intervalles sont valables si ces points ne sont pas plus difficiles que les autres : étiquetez-les aussi.</translation>
    </message>
    <message>
        <source>The sample gives no estimates yet: fewer than two points are labelled of the map's class {lacking}.</source>
        <translation>L'échantillon ne donne pas encore d'estimation : moins de deux points sont étiquetés pour la classe {lacking} de la carte.</translation>
    </message>
    <message>
        <source>No point of the sample is labelled yet.</source>
        <translation>Aucun point de l'échantillon n'est encore étiqueté.</translation>
    </message>
    <message>
        <source>classes in the field {reference}</source>
        <translation>des classes dans le champ {reference}</translation>
    </message>
    <message>
        <source>{count} points without a class</source>
        <translation>{count} points sans classe</translation>
    </message>
    <message>
        <source>Open the layer for editing, and choose for each point the class that you see.</source>
        <translation>Ouvrez la couche en édition, et choisissez pour chaque point la classe que vous voyez.</translation>
    </message>
    <message>
        <source>kind of map</source>
        <translation>type de carte</translation>
    </message>
    <message>
        <source>The map {path} cannot be evaluated.</source>
        <translation>La carte {path} ne peut pas être évaluée.</translation>
    </message>
    <message>
        <source>one band of classes or of values</source>
        <translation>une bande de classes ou de valeurs</translation>
    </message>
    <message>
        <source>{bands} bands</source>
        <translation>{bands} bandes</translation>
    </message>
    <message>
        <source>Choose a map of classes, or extract the band that holds the values.</source>
        <translation>Choisissez une carte de classes, ou extrayez la bande qui contient les valeurs.</translation>
    </message>
    <message>
        <source>The map {path} does not hold classes.</source>
        <translation>La carte {path} ne contient pas de classes.</translation>
    </message>
    <message>
        <source>integers, for KIND classes</source>
        <translation>des entiers, pour KIND classes</translation>
    </message>
    <message>
        <source>real numbers ({name})</source>
        <translation>des nombres réels ({name})</translation>
    </message>
    <message>
        <source>Choose KIND values if they are quantities; else convert the map to integers.</source>
        <translation>Choisissez KIND values si ce sont des grandeurs ; sinon, convertissez la carte en entiers.</translation>
    </message>
    <message>
        <source>{count} different values</source>
        <translation>{count} valeurs différentes</translation>
    </message>
    <message>
        <source>{count} different values without names</source>
        <translation>{count} valeurs différentes sans noms</translation>
    </message>
    <message>
        <source>The map {path} may not hold classes.</source>
        <translation>La carte {path} ne contient peut-être pas de classes.</translation>
    </message>
    <message>
        <source>at most {maximum} classes, or {plausible} without names</source>
        <translation>au plus {maximum} classes, ou {plausible} sans noms</translation>
    </message>
    <message>
        <source>Choose KIND values if they are quantities such as tree cover, or KIND classes if they are classes.</source>
        <translation>Choisissez KIND values si ce sont des grandeurs telles que le couvert arboré, ou KIND classes si ce sont des classes.</translation>
    </message>
    <message>
        <source>class</source>
        <translation>classe</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>précision</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>rappel</translation>
    </message>
    <message>
        <source>reference px</source>
        <translation>px de référence</translation>
    </message>
    <message>
        <source>overall accuracy {overall_accuracy:.3f}, mean F1 {mean_f1:.3f}, mean IoU {mean_iou:.3f}, {total:,} reference pixels</source>
        <translation>précision globale {overall_accuracy:.3f}, F1 moyen {mean_f1:.3f}, IoU moyen {mean_iou:.3f}, {total:,} pixels de référence</translation>
    </message>
    <message>
        <source>user's accuracy</source>
        <translation>précision utilisateur</translation>
    </message>
    <message>
        <source>producer's accuracy</source>
        <translation>précision producteur</translation>
    </message>
    <message>
        <source>share of the area</source>
        <translation>part de la surface</translation>
    </message>
    <message>
        <source>Of the whole map, from a stratified random sample of {points:,} points (95 % intervals):</source>
        <translation>Pour toute la carte, d'après un échantillon aléatoire stratifié de {points:,} points (intervalles à 95 %) :</translation>
    </message>
    <message>
        <source>overall accuracy {figure}</source>
        <translation>précision globale {figure}</translation>
    </message>
    <message>
        <source>calibration error on {name} {ece_before:.3f} before, {ece_after:.3f} after</source>
        <translation>erreur de calibration sur {name} : {ece_before:.3f} avant, {ece_after:.3f} après</translation>
    </message>
    <message>
        <source>Probabilities calibrated with the temperature {temperature:.2f}: {figures}.</source>
        <translation>Probabilités calibrées avec la température {temperature:.2f} : {figures}.</translation>
    </message>
    <message>
        <source>The split {split} has no labels: nothing is known of the network.</source>
        <translation>La partition {split} n'a pas d'étiquettes : on ne sait rien du réseau.</translation>
    </message>
    <message>
        <source>Good: {accuracy:.1f} % of the labelled pixels of the split {split} are right, and every class is found; the weakest is {weak} (F1 {f1:.2f}).</source>
        <translation>Bon : {accuracy:.1f} % des pixels étiquetés de la partition {split} sont corrects, et chaque classe est trouvée ; la plus faible est {weak} (F1 {f1:.2f}).</translation>
    </message>
    <message>
        <source>It looks good, but rests on few places: take the figures for a first impression. {accuracy:.1f} % of the labelled pixels of the split {split} are right, and every class is found; the weakest is {weak} (F1 {f1:.2f}).</source>
        <translation>Cela semble bon, mais repose sur peu d'endroits : prenez ces chiffres pour une première impression. {accuracy:.1f} % des pixels étiquetés de la partition {split} sont corrects, et chaque classe est trouvée ; la plus faible est {weak} (F1 {f1:.2f}).</translation>
    </message>
    <message>
        <source>Usable, but {weak} is weak (F1 {f1:.2f}): {accuracy:.1f} % of the labelled pixels of the split {split} are right.</source>
        <translation>Utilisable, mais {weak} est faible (F1 {f1:.2f}) : {accuracy:.1f} % des pixels étiquetés de la partition {split} sont corrects.</translation>
    </message>
    <message>
        <source>Not yet good enough for a map: {weak} is poor (F1 {f1:.2f}); {accuracy:.1f} % of the labelled pixels of the split {split} are right.</source>
        <translation>Pas encore assez bon pour une carte : {weak} est mal reconnue (F1 {f1:.2f}) ; {accuracy:.1f} % des pixels étiquetés de la partition {split} sont corrects.</translation>
    </message>
    <message>
        <source>Nothing is known of {classes}: the split {split} has no labels of it. Draw more of it, in several places.</source>
        <translation>On ne sait rien de {classes} : la partition {split} n'en a pas d'étiquettes. Dessinez-en davantage, à plusieurs endroits.</translation>
    </message>
    <message>
        <source>{capitalised} is taken for {other} ({share:.0f} % of its pixels): draw more {one} where it looks like {other}, and more {other} where it looks like {one}.</source>
        <translation>{capitalised} est prise pour {other} ({share:.0f} % de ses pixels) : dessinez davantage de {one} là où elle ressemble à {other}, et davantage de {other} là où elle ressemble à {one}.</translation>
    </message>
    <message>
        <source>On the split {split} the network does much better (mean F1 {f1:.2f} against {other_f1:.2f}): it depends on the place. Labels in more places make it surer.</source>
        <translation>Sur la partition {split}, le réseau fait bien mieux (F1 moyen {f1:.2f} contre {other_f1:.2f}) : cela dépend de l'endroit. Des étiquettes à davantage d'endroits le rendent plus sûr.</translation>
    </message>
    <message>
        <source>On the split {split} the network does much worse (mean F1 {f1:.2f} against {other_f1:.2f}): it depends on the place. Labels in more places make it surer.</source>
        <translation>Sur la partition {split}, le réseau fait bien moins bien (F1 moyen {f1:.2f} contre {other_f1:.2f}) : cela dépend de l'endroit. Des étiquettes à davantage d'endroits le rendent plus sûr.</translation>
    </message>
    <message>
        <source>Good: R² {r2:.2f} on the split {split}; a pixel is wrong by {mae:.3g} on average.</source>
        <translation>Bon : R² {r2:.2f} sur la partition {split} ; l'erreur d'un pixel est de {mae:.3g} en moyenne.</translation>
    </message>
    <message>
        <source>It looks good, but rests on few places: take the figures for a first impression. R² {r2:.2f} on the split {split}; a pixel is wrong by {mae:.3g} on average.</source>
        <translation>Cela semble bon, mais repose sur peu d'endroits : prenez ces chiffres pour une première impression. R² {r2:.2f} sur la partition {split} ; l'erreur d'un pixel est de {mae:.3g} en moyenne.</translation>
    </message>
    <message>
        <source>Usable for rough values: R² {r2:.2f} on the split {split}; a pixel is wrong by {mae:.3g} on average.</source>
        <translation>Utilisable pour des valeurs approximatives : R² {r2:.2f} sur la partition {split} ; l'erreur d'un pixel est de {mae:.3g} en moyenne.</translation>
    </message>
    <message>
        <source>Not yet good enough for a map: R² {r2:.2f} on the split {split}; a pixel is wrong by {mae:.3g} on average.</source>
        <translation>Pas encore assez bon pour une carte : R² {r2:.2f} sur la partition {split} ; l'erreur d'un pixel est de {mae:.3g} en moyenne.</translation>
    </message>
    <message>
        <source>The values are too high by {bias:.3g} on average: the split differs from the training labels. Add training labels like those of this split.</source>
        <translation>Les valeurs sont trop hautes de {bias:.3g} en moyenne : la partition diffère des étiquettes d'apprentissage. Ajoutez à l'apprentissage des étiquettes semblables à celles de cette partition.</translation>
    </message>
    <message>
        <source>The values are too low by {bias:.3g} on average: the split differs from the training labels. Add training labels like those of this split.</source>
        <translation>Les valeurs sont trop basses de {bias:.3g} en moyenne : la partition diffère des étiquettes d'apprentissage. Ajoutez à l'apprentissage des étiquettes semblables à celles de cette partition.</translation>
    </message>
    <message>
        <source>The labels of the split {split} lie in {count} separate places only: that is too few to say how far the figures would differ elsewhere.</source>
        <translation>Les étiquettes de la partition {split} ne se trouvent qu'à {count} endroits distincts : c'est trop peu pour dire de combien les chiffres différeraient ailleurs.</translation>
    </message>
    <message>
        <source>The labels of the split {split} lie in {count} separate place only: that is too few to say how far the figures would differ elsewhere.</source>
        <translation>Les étiquettes de la partition {split} ne se trouvent qu'à {count} seul endroit : c'est trop peu pour dire de combien les chiffres différeraient ailleurs.</translation>
    </message>
    <message>
        <source>By chance of the {count} places that were labelled, the accuracy may be {reach:.1f} percentage points higher or lower, or more where the image is unlike them.</source>
        <translation>Par le hasard des {count} endroits étiquetés, la précision peut être de {reach:.1f} points de pourcentage plus haute ou plus basse, ou davantage là où l'image ne leur ressemble pas.</translation>
    </message>
    <message>
        <source>The network is overfitted: it gets {train:.0f} % of its training pixels right, but only {valid:.0f} % of those of the split valid. It has learnt its training places by heart: label more places, or train a smaller network (WIDTH, DEPTH).</source>
        <translation>Le réseau est en surapprentissage : il classe bien {train:.0f} % de ses pixels d'apprentissage, mais seulement {valid:.0f} % de ceux de la partition valid. Il a appris par cœur ses endroits d'apprentissage : étiquetez plus d'endroits, ou entraînez un réseau plus petit (WIDTH, DEPTH).</translation>
    </message>
    <message>
        <source>The network was still getting better in the last epoch: more epochs may help (EPOCHS, EFFORT).</source>
        <translation>Le réseau progressait encore à la dernière époque : davantage d'époques peuvent aider (EPOCHS, EFFORT).</translation>
    </message>
    <message>
        <source>Dask is not installed here.</source>
        <translation>Dask n'est pas installé ici.</translation>
    </message>
    <message>
        <source>Install it: pip install 'geodl[cluster]'.</source>
        <translation>Installez-le : pip install 'geodl[cluster]'.</translation>
    </message>
    <message>
        <source>Invalid scheduler.</source>
        <translation>Ordonnanceur incorrect.</translation>
    </message>
    <message>
        <source>tcp://host:port of Dask's scheduler, the file that it wrote (--scheduler-file), or local:N for N workers on this computer</source>
        <translation>tcp://hôte:port de l'ordonnanceur de Dask, le fichier qu'il a écrit (--scheduler-file), ou local:N pour N workers sur cet ordinateur</translation>
    </message>
    <message>
        <source>The scheduler {text} does not answer.</source>
        <translation>L'ordonnanceur {text} ne répond pas.</translation>
    </message>
    <message>
        <source>Check its address, and that it runs and is of the same version of Dask.</source>
        <translation>Vérifiez son adresse, et qu'il est en marche et de la même version de Dask.</translation>
    </message>
    <message>
        <source>This computer does not reach the folder of the job.</source>
        <translation>Cet ordinateur n'atteint pas le dossier de la tâche.</translation>
    </message>
    <message>
        <source>a disk that all workers reach under the same name</source>
        <translation>un disque que tous les workers atteignent sous le même nom</translation>
    </message>
    <message>
        <source>no folder {folder}</source>
        <translation>aucun dossier {folder}</translation>
    </message>
    <message>
        <source>Waiting for another run that makes the same</source>
        <translation>Attente d'une autre exécution qui produit la même chose</translation>
    </message>
    <message>
        <source>Going on after {count} jobs that an earlier run has done.</source>
        <translation>Reprise après {count} tâches faites par une exécution antérieure.</translation>
    </message>
    <message>
        <source>Connecting to the scheduler</source>
        <translation>Connexion à l'ordonnanceur</translation>
    </message>
    <message>
        <source>job</source>
        <translation>tâche</translation>
    </message>
    <message>
        <source>jobs</source>
        <translation>tâches</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Exécution</translation>
    </message>
    <message>
        <source>Cancelled: {ended} of {count} jobs had ended, and keep their outputs.</source>
        <translation>Annulé : {ended} tâches sur {count} étaient terminées, et gardent leurs sorties.</translation>
    </message>
    <message>
        <source>Joining the sheets</source>
        <translation>Assemblage des feuilles</translation>
    </message>
    <message>
        <source>Mapped in {duration}, {pixels:.2f} million pixels per second.</source>
        <translation>Cartographié en {duration}, {pixels:.2f} millions de pixels par seconde.</translation>
    </message>
    <message>
        <source>{count} sheets of up to {side} × {side} pixels.</source>
        <translation>{count} feuilles de {side} × {side} pixels au plus.</translation>
    </message>
    <message>
        <source>Going on after {count} finished sheets of an earlier run.</source>
        <translation>Reprise après {count} feuilles terminées d'une exécution antérieure.</translation>
    </message>
    <message>
        <source>sheet</source>
        <translation>feuille</translation>
    </message>
    <message>
        <source>sheets</source>
        <translation>feuilles</translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation>Cartographie</translation>
    </message>
    <message>
        <source>sheet {name}: {error}</source>
        <translation>feuille {name} : {error}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>et {count} de plus</translation>
    </message>
    <message>
        <source>{count} of {total} sheets could not be mapped.</source>
        <translation>{count} feuilles sur {total} n'ont pas pu être cartographiées.</translation>
    </message>
    <message>
        <source>Mend what is wrong and run this again: the other sheets are kept.</source>
        <translation>Corrigez ce qui ne va pas et relancez : les autres feuilles sont conservées.</translation>
    </message>
    <message>
        <source>Sheets were mapped but are not in {path}.</source>
        <translation>Des feuilles ont été cartographiées, mais ne sont pas dans {path}.</translation>
    </message>
    <message>
        <source>{count} are missing, such as {example}</source>
        <translation>il en manque {count}, par exemple {example}</translation>
    </message>
    <message>
        <source>Put the output on a disk that all workers reach under the same name, and run this again.</source>
        <translation>Placez la sortie sur un disque que tous les workers atteignent sous le même nom, et relancez.</translation>
    </message>
    <message>
        <source>The virtual raster cannot be written.</source>
        <translation>Le raster virtuel ne peut pas être écrit.</translation>
    </message>
    <message>
        <source>Writing the file</source>
        <translation>Écriture du fichier</translation>
    </message>
    <message>
        <source>A sheet cannot be read.</source>
        <translation>Une feuille ne peut pas être lue.</translation>
    </message>
    <message>
        <source>Invalid patience.</source>
        <translation>Délai de patience incorrect.</translation>
    </message>
    <message>
        <source>minutes, more than 0</source>
        <translation>un nombre de minutes, supérieur à 0</translation>
    </message>
    <message>
        <source>Small areas cannot be removed from a virtual raster.</source>
        <translation>Les petites zones ne peuvent pas être retirées d'un raster virtuel.</translation>
    </message>
    <message>
        <source>an output that ends with .tif, since areas may lie in several sheets</source>
        <translation>une sortie qui se termine par .tif, car des zones peuvent s'étendre sur plusieurs feuilles</translation>
    </message>
    <message>
        <source>{name}, MINIMUM_AREA = {minimum_area}</source>
        <translation>{name}, MINIMUM_AREA = {minimum_area}</translation>
    </message>
    <message>
        <source>Name the output .tif, or leave MINIMUM_AREA at 0.</source>
        <translation>Nommez la sortie en .tif, ou laissez MINIMUM_AREA à 0.</translation>
    </message>
    <message>
        <source>The connection to the scheduler was lost.</source>
        <translation>La connexion à l'ordonnanceur a été perdue.</translation>
    </message>
    <message>
        <source>Start it again if it has ended, and run this again: finished {pieces} are kept.</source>
        <translation>Redémarrez-le s'il s'est arrêté, et relancez : les {pieces} terminées sont conservées.</translation>
    </message>
    <message>
        <source>Its worker {worker} was lost.</source>
        <translation>Son worker {worker} a été perdu.</translation>
    </message>
    <message>
        <source>Its worker {worker} has not answered for {silence}.</source>
        <translation>Son worker {worker} n'a pas répondu depuis {silence}.</translation>
    </message>
    <message>
        <source>Waiting for workers: the scheduler has none.</source>
        <translation>Attente de workers : l'ordonnanceur n'en a aucun.</translation>
    </message>
    <message>
        <source>It was not begun, since nothing but failures came.</source>
        <translation>Elle n'a pas été commencée, car il n'y avait que des échecs.</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>Elle a été arrêtée.</translation>
    </message>
    <message>
        <source>The scheduler has forgotten it.</source>
        <translation>L'ordonnanceur l'a oubliée.</translation>
    </message>
    <message>
        <source>The worker {worker} is left out for now: {count} {pieces} failed there in turn.</source>
        <translation>Le worker {worker} est écarté pour l'instant : {count} {pieces} de suite y ont échoué.</translation>
    </message>
    <message>
        <source>on {worker}: {error}</source>
        <translation>sur {worker} : {error}</translation>
    </message>
    <message>
        <source>{named} is given up. {text}</source>
        <translation>{named} : abandon. {text}</translation>
    </message>
    <message>
        <source>{named} is tried again. {text}</source>
        <translation>{named} : nouvel essai. {text}</translation>
    </message>
    <message>
        <source>{done} of {count} {pieces}</source>
        <translation>{done} {pieces} sur {count}</translation>
    </message>
    <message>
        <source>{doing}: {done}, {count} workers</source>
        <translation>{doing} : {done}, {count} workers</translation>
    </message>
    <message>
        <source>{text}. GeoDL must be installed where the workers run: pip install geodl.</source>
        <translation>{text}. GeoDL doit être installé là où tournent les workers : pip install geodl.</translation>
    </message>
    <message>
        <source>The folder {path} cannot be used for the sheets of the map.</source>
        <translation>Le dossier {path} ne peut pas servir pour les feuilles de la carte.</translation>
    </message>
    <message>
        <source>a new folder, an empty one, or one made by GeoDL (it holds {note})</source>
        <translation>un nouveau dossier, un dossier vide, ou un dossier créé par GeoDL (il contient {note})</translation>
    </message>
    <message>
        <source>a folder with other files in it</source>
        <translation>un dossier qui contient d'autres fichiers</translation>
    </message>
    <message>
        <source>Choose another output, or move the folder.</source>
        <translation>Choisissez une autre sortie, ou déplacez le dossier.</translation>
    </message>
    <message>
        <source>This computer does not reach the folder of the sheets.</source>
        <translation>Cet ordinateur n'atteint pas le dossier des feuilles.</translation>
    </message>
    <message>
        <source>the output on a disk that all workers reach under the same name</source>
        <translation>la sortie sur un disque que tous les workers atteignent sous le même nom</translation>
    </message>
    <message>
        <source>no file {path}</source>
        <translation>aucun fichier {path}</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>démarrage</translation>
    </message>
    <message>
        <source>It got no further for {waited} ({step}) and was given up.</source>
        <translation>Elle n'a plus progressé pendant {waited} ({step}) et a été abandonnée.</translation>
    </message>
    <message>
        <source>Exit status: 0 done; 1 failed, standard error says why; 2 wrong command line; 130 stopped by a signal.</source>
        <translation>Code de sortie : 0 terminé ; 1 échec, l'erreur standard dit pourquoi ; 2 ligne de commande incorrecte ; 130 arrêté par un signal.</translation>
    </message>
    <message>
        <source>Run GeoDL jobs outside QGIS.</source>
        <translation>Exécuter des tâches de GeoDL hors de QGIS.</translation>
    </message>
    <message>
        <source>run the jobs in JSON files and print their results as JSON</source>
        <translation>exécuter les tâches de fichiers JSON et afficher leurs résultats en JSON</translation>
    </message>
    <message>
        <source>job files, or patterns ('jobs/*.json'); several are independent; jobs: {jobs}</source>
        <translation>fichiers de tâche, ou motifs ('jobs/*.json') ; s'il y en a plusieurs, ils sont indépendants ; tâches : {jobs}</translation>
    </message>
    <message>
        <source>of several jobs, how many run at a time (default: 1)</source>
        <translation>s'il y a plusieurs tâches, combien s'exécutent à la fois (par défaut : 1)</translation>
    </message>
    <message>
        <source>--workers and --scheduler: the scheduler has workers (local:N)</source>
        <translation>--workers et --scheduler : l'ordonnanceur a ses workers (local:N)</translation>
    </message>
    <message>
        <source>--workers: 1 or more</source>
        <translation>--workers : 1 ou plus</translation>
    </message>
    <message>
        <source>--images: only with a single job file</source>
        <translation>--images : seulement avec un seul fichier de tâche</translation>
    </message>
    <message>
        <source>{of_many}: only with --images</source>
        <translation>{of_many} : seulement avec --images</translation>
    </message>
    <message>
        <source>--images: the folder of the maps is missing (--folder)</source>
        <translation>--images : il manque le dossier des cartes (--folder)</translation>
    </message>
    <message>
        <source>--images and --scheduler: a cluster maps one image at a time</source>
        <translation>--images et --scheduler : une grappe cartographie une image à la fois</translation>
    </message>
    <message>
        <source>folder that relative paths in job files start from (default: that of each job file)</source>
        <translation>dossier d'où partent les chemins relatifs des fichiers de tâche (par défaut : celui de chaque fichier)</translation>
    </message>
    <message>
        <source>many images</source>
        <translation>images multiples</translation>
    </message>
    <message>
        <source>an applymodel job for many images; the model is loaded once</source>
        <translation>une tâche applymodel pour de nombreuses images ; le modèle n'est chargé qu'une fois</translation>
    </message>
    <message>
        <source>rasters, patterns ('scenes/*.tif'), text files with one of these a line (….txt), or STAC items (….json)</source>
        <translation>des rasters, des motifs ('scenes/*.tif'), des fichiers texte qui en contiennent un par ligne (….txt), ou des items STAC (….json)</translation>
    </message>
    <message>
        <source>folder of the maps; what is done there is not done again</source>
        <translation>dossier des cartes ; ce qui y est fait n'est pas refait</translation>
    </message>
    <message>
        <source>one raster of all maps; the first image is on top</source>
        <translation>un seul raster de toutes les cartes ; la première image est au-dessus</translation>
    </message>
    <message>
        <source>CSV file with what became of each image</source>
        <translation>fichier CSV qui dit ce qu'est devenue chaque image</translation>
    </message>
    <message>
        <source>assets of STAC items, in the bands' order</source>
        <translation>assets des items STAC, dans l'ordre des bandes</translation>
    </message>
    <message>
        <source>progress and messages on standard error: as lines for people, as lines of JSON, or messages only</source>
        <translation>progression et messages sur l'erreur standard : en lignes lisibles, en lignes JSON, ou seulement les messages</translation>
    </message>
    <message>
        <source>file to append all messages to, with their times</source>
        <translation>fichier auquel ajouter tous les messages, avec leur heure</translation>
    </message>
    <message>
        <source>a cluster</source>
        <translation>grappe de calcul</translation>
    </message>
    <message>
        <source>one applymodel job is cut into sheets; other jobs run one on each worker</source>
        <translation>une tâche applymodel est découpée en feuilles ; les autres tâches vont une à une aux workers</translation>
    </message>
    <message>
        <source>tcp://host:port of Dask's scheduler, the file that it wrote, or local:N for N workers on this computer</source>
        <translation>tcp://hôte:port de l'ordonnanceur de Dask, le fichier qu'il a écrit, ou local:N pour N workers sur cet ordinateur</translation>
    </message>
    <message>
        <source>side of the sheets that workers map (default: %(default)s)</source>
        <translation>côté des feuilles que les workers cartographient (par défaut : %(default)s)</translation>
    </message>
    <message>
        <source>keep the sheets beside the map, and a .vrt of them</source>
        <translation>garder les feuilles à côté de la carte, et un .vrt qui les réunit</translation>
    </message>
    <message>
        <source>a sheet or job that gets no further for so long is tried again (default: %(default)s)</source>
        <translation>une feuille ou une tâche qui ne progresse plus pendant ce temps est relancée (par défaut : %(default)s)</translation>
    </message>
    <message>
        <source>Warning: {message}</source>
        <translation>Avertissement : {message}</translation>
    </message>
    <message>
        <source>Error: {message}</source>
        <translation>Erreur : {message}</translation>
    </message>
    <message>
        <source>Error: the log cannot be written: {error}</source>
        <translation>Erreur : le journal ne peut pas être écrit : {error}</translation>
    </message>
    <message>
        <source>{count} of {total} jobs failed: {names}.</source>
        <translation>{count} tâches sur {total} ont échoué : {names}.</translation>
    </message>
    <message>
        <source>Cancelled: {count} of {total} jobs had ended, and keep their outputs.</source>
        <translation>Annulé : {count} tâches sur {total} étaient terminées, et gardent leurs sorties.</translation>
    </message>
    <message>
        <source>{done} of {count} jobs have ended</source>
        <translation>{done} tâches sur {count} sont terminées</translation>
    </message>
    <message>
        <source>The dataset {folder} is damaged.</source>
        <translation>Le jeu de données {folder} est endommagé.</translation>
    </message>
    <message>
        <source>records as output_types.json and output_shapes.json describe them</source>
        <translation>des enregistrements tels que les décrivent output_types.json et output_shapes.json</translation>
    </message>
    <message>
        <source>others</source>
        <translation>d'autres</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>Exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>compression</source>
        <translation>compression</translation>
    </message>
    <message>
        <source>number of samples in a file</source>
        <translation>nombre d'échantillons par fichier</translation>
    </message>
    <message>
        <source>Invalid names of the sources.</source>
        <translation>Noms des sources incorrects.</translation>
    </message>
    <message>
        <source>{count} different names, one for each source</source>
        <translation>{count} noms différents, un par source</translation>
    </message>
    <message>
        <source>Invalid name of a source.</source>
        <translation>Nom de source incorrect.</translation>
    </message>
    <message>
        <source>letters, digits and underscores, other than {labels}</source>
        <translation>des lettres, chiffres et tirets bas, autre chose que {labels}</translation>
    </message>
    <message>
        <source>Without the remainder the split {split} is empty.</source>
        <translation>Sans le reste, la partition {split} est vide.</translation>
    </message>
    <message>
        <source>at least {size} samples, which fill a file</source>
        <translation>au moins {size} échantillons, qui remplissent un fichier</translation>
    </message>
    <message>
        <source>{count} samples</source>
        <translation>{count} échantillons</translation>
    </message>
    <message>
        <source>Choose fewer samples in one file, or keep the remainder.</source>
        <translation>Choisissez moins d'échantillons par fichier, ou gardez le reste.</translation>
    </message>
    <message>
        <source>{dropped} of {count} {split} samples do not fill a file of {size} and are dropped.</source>
        <translation>{dropped} échantillons {split} sur {count} ne remplissent pas un fichier de {size} et sont écartés.</translation>
    </message>
    <message>
        <source>dates such as 2018-06-03, 2018-06-13, or how many dates there are, such as 12; ; between two sources</source>
        <translation>des dates telles que 2018-06-03, 2018-06-13, ou le nombre de dates, par exemple 12 ; un ; entre deux sources</translation>
    </message>
    <message>
        <source>There are dates for more sources than there are.</source>
        <translation>Il y a des dates pour plus de sources qu'il n'en existe.</translation>
    </message>
    <message>
        <source>{count} or less</source>
        <translation>{count} ou moins</translation>
    </message>
    <message>
        <source>The number of dates is not that of the bands of {name}.</source>
        <translation>Le nombre de dates ne correspond pas aux bandes de {name}.</translation>
    </message>
    <message>
        <source>dates of which each has as many of the {bands} bands</source>
        <translation>des dates dont chacune a autant des {bands} bandes</translation>
    </message>
    <message>
        <source>{count} dates</source>
        <translation>{count} dates</translation>
    </message>
    <message>
        <source>Correct DATES; the bands must be those of the first date, then those of the second, and so on.</source>
        <translation>Corrigez DATES ; les bandes doivent être celles de la première date, puis celles de la deuxième, et ainsi de suite.</translation>
    </message>
    <message>
        <source>Invalid DATES.</source>
        <translation>DATES est incorrect.</translation>
    </message>
    <message>
        <source>A date comes twice in DATES.</source>
        <translation>Une date apparaît deux fois dans DATES.</translation>
    </message>
    <message>
        <source>each date once</source>
        <translation>chaque date une seule fois</translation>
    </message>
    <message>
        <source>there is no source</source>
        <translation>il n'y a pas de source</translation>
    </message>
    <message>
        <source>no-data values or statistics of {name} are not one for each band</source>
        <translation>les valeurs nodata ou les statistiques de {name} ne sont pas une par bande</translation>
    </message>
    <message>
        <source>{name} has {bands} bands of {dates} dates</source>
        <translation>{name} a {bands} bandes pour {dates} dates</translation>
    </message>
    <message>
        <source>{name} does not hold numbers but {dtype}</source>
        <translation>{name} ne contient pas de nombres, mais {dtype}</translation>
    </message>
    <message>
        <source>patches have no pixels</source>
        <translation>les imagettes n'ont pas de pixels</translation>
    </message>
    <message>
        <source>the split {name} has no samples, or counts that are negative</source>
        <translation>la partition {name} n'a pas d'échantillons, ou des effectifs négatifs</translation>
    </message>
    <message>
        <source>pixels or features of the split {name} are not one number for each class</source>
        <translation>les pixels ou entités de la partition {name} ne sont pas un nombre par classe</translation>
    </message>
    <message>
        <source>the split {name} has counts that are negative</source>
        <translation>la partition {name} a des effectifs négatifs</translation>
    </message>
    <message>
        <source>made by another version of GeoDL</source>
        <translation>produit par une autre version de GeoDL</translation>
    </message>
    <message>
        <source>{folder} is not a dataset folder.</source>
        <translation>{folder} n'est pas un dossier de jeu de données.</translation>
    </message>
    <message>
        <source>a folder with a {file_name}, made by Export patches and labels as TFRecords</source>
        <translation>un dossier avec un {file_name}, produit par Exporter imagettes et étiquettes en TFRecords</translation>
    </message>
    <message>
        <source>label mode</source>
        <translation>mode d'étiquetage</translation>
    </message>
    <message>
        <source>patch size</source>
        <translation>taille d'imagette</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>bords</translation>
    </message>
    <message>
        <source>LABELS_RASTER, a raster</source>
        <translation>LABELS_RASTER, un raster</translation>
    </message>
    <message>
        <source>LABELS_VECTOR, a vector layer</source>
        <translation>LABELS_VECTOR, une couche vecteur</translation>
    </message>
    <message>
        <source>There are no labels: LABEL_MODE is {label_mode}, and {parameter} is empty.</source>
        <translation>Il n'y a pas d'étiquettes : LABEL_MODE est {label_mode}, et {parameter} est vide.</translation>
    </message>
    <message>
        <source>Choose a layer, or other labels.</source>
        <translation>Choisissez une couche, ou d'autres étiquettes.</translation>
    </message>
    <message>
        <source>The class field of the labels is missing.</source>
        <translation>Il manque le champ de classe des étiquettes.</translation>
    </message>
    <message>
        <source>CLASS_FIELD, a field of that layer</source>
        <translation>CLASS_FIELD, un champ de cette couche</translation>
    </message>
    <message>
        <source>The dataset {folder} has no split.</source>
        <translation>Le jeu de données {folder} n'a aucune partition.</translation>
    </message>
    <message>
        <source>Inspecting the patches</source>
        <translation>Inspection des imagettes</translation>
    </message>
    <message>
        <source>The split {split} shows no pixel of {absent}.</source>
        <translation>La partition {split} ne montre aucun pixel de {absent}.</translation>
    </message>
    <message>
        <source>There are only {samples} patches to train with.</source>
        <translation>Il n'y a que {samples} imagettes d'apprentissage.</translation>
    </message>
    <message>
        <source>There is no split valid: training cannot tell when the network is best.</source>
        <translation>Il n'y a pas de partition valid : l'apprentissage ne peut pas savoir quand le réseau est le meilleur.</translation>
    </message>
    <message>
        <source>The classes are out of balance: {most} has {times:.0f} times as many pixels to train with as {least}. Class weights 'balanced' may help.</source>
        <translation>Les classes sont déséquilibrées : {most} a {times:.0f} fois plus de pixels d'apprentissage que {least}. Des poids de classes 'balanced' peuvent aider.</translation>
    </message>
    <message>
        <source>The band {band} of {source}</source>
        <translation>La bande {band} de {source}</translation>
    </message>
    <message>
        <source>{where} has the same value everywhere: it carries no information.</source>
        <translation>{where} a partout la même valeur : elle n'apporte aucune information.</translation>
    </message>
    <message>
        <source>{where} is saturated: {saturated:.0f} % of its values are the maximum.</source>
        <translation>{where} est saturée : {saturated:.0f} % de ses valeurs sont au maximum.</translation>
    </message>
    <message>
        <source>{where} has no data in {nodata:.0f} % of its values.</source>
        <translation>{where} n'a pas de données pour {nodata:.0f} % de ses valeurs.</translation>
    </message>
    <message>
        <source>The field {name} of the positions holds real numbers: continuous values to learn.</source>
        <translation>Le champ {name} des positions contient des nombres réels : des valeurs continues à apprendre.</translation>
    </message>
    <message>
        <source>The labels {labels_name} have one class only.</source>
        <translation>Les étiquettes {labels_name} n'ont qu'une seule classe.</translation>
    </message>
    <message>
        <source>of the positions</source>
        <translation>des positions</translation>
    </message>
    <message>
        <source>two classes or more</source>
        <translation>deux classes ou plus</translation>
    </message>
    <message>
        <source>only {names}</source>
        <translation>seulement {names}</translation>
    </message>
    <message>
        <source>Choose another class field or layer.</source>
        <translation>Choisissez un autre champ de classe ou une autre couche.</translation>
    </message>
    <message>
        <source>No training patch has a labelled pixel.</source>
        <translation>Aucune imagette d'apprentissage n'a de pixel étiqueté.</translation>
    </message>
    <message>
        <source>labels of continuous values where the patches are</source>
        <translation>des étiquettes de valeurs continues là où sont les imagettes</translation>
    </message>
    <message>
        <source>{count} patches, all with no data or NaN</source>
        <translation>{count} imagettes, toutes sans données ou à NaN</translation>
    </message>
    <message>
        <source>Check that labels and images overlap, and the labels' no-data value.</source>
        <translation>Vérifiez que les étiquettes et les images se recouvrent, ainsi que la valeur nodata des étiquettes.</translation>
    </message>
    <message>
        <source>The labels have the same value everywhere: there is nothing to learn.</source>
        <translation>Les étiquettes ont partout la même valeur : il n'y a rien à apprendre.</translation>
    </message>
    <message>
        <source>continuous values that differ in the training patches</source>
        <translation>des valeurs continues qui diffèrent dans les imagettes d'apprentissage</translation>
    </message>
    <message>
        <source>only {minimum:g}</source>
        <translation>seulement {minimum:g}</translation>
    </message>
    <message>
        <source>Choose other labels, or other positions.</source>
        <translation>Choisissez d'autres étiquettes, ou d'autres positions.</translation>
    </message>
    <message>
        <source>There are no patches to train with.</source>
        <translation>Il n'y a pas d'imagettes pour l'apprentissage.</translation>
    </message>
    <message>
        <source>a scene with a split train</source>
        <translation>une scène avec une partition train</translation>
    </message>
    <message>
        <source>no split</source>
        <translation>aucune partition</translation>
    </message>
    <message>
        <source>The scene {name} is too small to count as much as the others.</source>
        <translation>La scène {name} est trop petite pour compter autant que les autres.</translation>
    </message>
    <message>
        <source>at least one patch for {count} of the largest scene</source>
        <translation>au moins une imagette pour {count} de la plus grande scène</translation>
    </message>
    <message>
        <source>{least} patches to train with, where the largest scene has {most}</source>
        <translation>{least} imagettes d'apprentissage, alors que la plus grande scène en a {most}</translation>
    </message>
    <message>
        <source>Weigh the scenes by their patches, sample more positions in this scene, or leave it out.</source>
        <translation>Pondérez les scènes par leurs imagettes, échantillonnez plus de positions dans cette scène, ou laissez-la de côté.</translation>
    </message>
    <message>
        <source>Class values differ between the scenes. A class keeps that of the first scene that has it, if no other class has it: {changes}.</source>
        <translation>Les valeurs des classes diffèrent entre les scènes. Une classe garde celle de la première scène qui l'a, si aucune autre classe ne l'a : {changes}.</translation>
    </message>
    <message>
        <source>No patch to train with has labelled pixels of {missing}: no network can be trained on it. Hold out other scenes, or draw polygons of these classes elsewhere.</source>
        <translation>Aucune imagette d'apprentissage n'a de pixels étiquetés de {missing} : aucun réseau ne peut l'apprendre. Réservez d'autres scènes, ou dessinez ailleurs des polygones de ces classes.</translation>
    </message>
    <message>
        <source>task</source>
        <translation>tâche</translation>
    </message>
    <message>
        <source>size of the labels</source>
        <translation>taille des étiquettes</translation>
    </message>
    <message>
        <source>The scenes {one} and {other} differ in the {what}.</source>
        <translation>Les scènes {one} et {other} diffèrent : {what}.</translation>
    </message>
    <message>
        <source>{expected}, as in {name}</source>
        <translation>{expected}, comme dans {name}</translation>
    </message>
    <message>
        <source>{received} in {name}</source>
        <translation>{received} dans {name}</translation>
    </message>
    <message>
        <source>Export the labels of all scenes in the same way.</source>
        <translation>Exportez les étiquettes de toutes les scènes de la même façon.</translation>
    </message>
    <message>
        <source>The pixels of {scene} are of {size}, those of {first} of {first_size}, in the units of their CRS: things have another size there.</source>
        <translation>Les pixels de {scene} sont de {size}, ceux de {first} de {first_size}, dans les unités de leur SCR : les objets y ont une autre taille.</translation>
    </message>
    <message>
        <source>The labels of {scene} are called {own}, those of {first} {known}: they are taken for the same.</source>
        <translation>Les étiquettes de {scene} s'appellent {own}, celles de {first} {known} : elles sont considérées comme identiques.</translation>
    </message>
    <message>
        <source>The dataset of {name} was made by an earlier version: pixels without data count in the pooled statistics as its mean. Export it again for exact statistics.</source>
        <translation>Le jeu de données de {name} a été produit par une version antérieure : les pixels sans données comptent comme sa moyenne dans les statistiques communes. Exportez-le de nouveau pour des statistiques exactes.</translation>
    </message>
    <message>
        <source>Merging {name}, {origin}</source>
        <translation>Fusion de {name}, {origin}</translation>
    </message>
    <message>
        <source>The labels are real numbers: continuous values to learn. If they are classes, convert them to integers.</source>
        <translation>Les étiquettes sont des nombres réels : des valeurs continues à apprendre. Si ce sont des classes, convertissez-les en entiers.</translation>
    </message>
    <message>
        <source>Looking for labels</source>
        <translation>Recherche des étiquettes</translation>
    </message>
    <message>
        <source>{count} patches have no labelled pixel and are left out.</source>
        <translation>{count} imagettes n'ont pas de pixel étiqueté et sont laissées de côté.</translation>
    </message>
    <message>
        <source>The labels cannot be used.</source>
        <translation>Les étiquettes ne peuvent pas être utilisées.</translation>
    </message>
    <message>
        <source>one band</source>
        <translation>une seule bande</translation>
    </message>
    <message>
        <source>Looking for classes</source>
        <translation>Recherche des classes</translation>
    </message>
    <message>
        <source>The labels have fewer than two classes.</source>
        <translation>Les étiquettes ont moins de deux classes.</translation>
    </message>
    <message>
        <source>{place} of {count} patches</source>
        <translation>{place} imagettes sur {count}</translation>
    </message>
    <message>
        <source>CLASS_FIELD, a field of the positions</source>
        <translation>CLASS_FIELD, un champ des positions</translation>
    </message>
    <message>
        <source>all too near the raster's border or outside</source>
        <translation>tous trop près du bord du raster ou à l'extérieur</translation>
    </message>
    <message>
        <source>{rejected} of {count} points are rejected: {outside} too near the raster's border or outside, {without_data} with no data in their patch.</source>
        <translation>{rejected} points sur {count} sont rejetés : {outside} trop près du bord du raster ou à l'extérieur, {without_data} avec des pixels sans données dans leur imagette.</translation>
    </message>
    <message>
        <source>all near the border or with no data in their patch</source>
        <translation>tous près du bord ou sans données dans leur imagette</translation>
    </message>
    <message>
        <source>No patch of the layer {positions_name} can be extracted.</source>
        <translation>Aucune imagette de la couche {positions_name} ne peut être extraite.</translation>
    </message>
    <message>
        <source>points at least {patch_size} pixels inside the raster's border, on data</source>
        <translation>des points à au moins {patch_size} pixels à l'intérieur du bord du raster, sur des données</translation>
    </message>
    <message>
        <source>{count} points, {why}</source>
        <translation>{count} points, {why}</translation>
    </message>
    <message>
        <source>Check the layer, its CRS and the patch size.</source>
        <translation>Vérifiez la couche, son SCR et la taille d'imagette.</translation>
    </message>
    <message>
        <source>Patches of {patch_size} pixels, for which the positions were sampled.</source>
        <translation>Imagettes de {patch_size} pixels, taille pour laquelle les positions ont été échantillonnées.</translation>
    </message>
    <message>
        <source>Patches of {patch_size} pixels: the positions do not tell for which size they were sampled.</source>
        <translation>Imagettes de {patch_size} pixels : les positions ne disent pas pour quelle taille elles ont été échantillonnées.</translation>
    </message>
    <message>
        <source>{overlapping} of {count} in {split}</source>
        <translation>{overlapping} sur {count} dans {split}</translation>
    </message>
    <message>
        <source>Patches of {size} pixels overlap patches of train ({found}): the positions were sampled for {patch_size} pixels. Each label still belongs to one split only, but the network learns from images of the ground that it is judged on. Choose the patch size {patch_size}, or sample the positions for {size}.</source>
        <translation>Des imagettes de {size} pixels recouvrent des imagettes de train ({found}) : les positions ont été échantillonnées pour {patch_size} pixels. Chaque étiquette n'appartient toujours qu'à une partition, mais le réseau apprend d'images du terrain sur lequel il est jugé. Choisissez la taille d'imagette {patch_size}, ou échantillonnez les positions pour {size}.</translation>
    </message>
    <message>
        <source>Patches of {size} pixels overlap patches of train ({found}): positions of different splits may be {buffer} pixels apart. Each label still belongs to one split only, but the network learns from images of the ground that it is judged on. Choose smaller patches, or a larger buffer between splits when you sample.</source>
        <translation>Des imagettes de {size} pixels recouvrent des imagettes de train ({found}) : les positions de partitions différentes peuvent n'être distantes que de {buffer} pixels. Chaque étiquette n'appartient toujours qu'à une partition, mais le réseau apprend d'images du terrain sur lequel il est jugé. Choisissez des imagettes plus petites, ou une zone tampon plus large entre partitions à l'échantillonnage.</translation>
    </message>
    <message>
        <source>Patches of {size} pixels overlap patches of train ({found}). Each label still belongs to one split only, but the network learns from images of the ground that it is judged on. Choose smaller patches, or sample the positions for this size.</source>
        <translation>Des imagettes de {size} pixels recouvrent des imagettes de train ({found}). Chaque étiquette n'appartient toujours qu'à une partition, mais le réseau apprend d'images du terrain sur lequel il est jugé. Choisissez des imagettes plus petites, ou échantillonnez les positions pour cette taille.</translation>
    </message>
    <message>
        <source>There are no patches images.</source>
        <translation>Il n'y a pas d'images d'imagettes.</translation>
    </message>
    <message>
        <source>names of tensors and their files</source>
        <translation>les noms des tenseurs et leurs fichiers</translation>
    </message>
    <message>
        <source>The numbers of patches in the patches images differ.</source>
        <translation>Les images d'imagettes n'ont pas le même nombre d'imagettes.</translation>
    </message>
    <message>
        <source>the same number of patches for each tensor</source>
        <translation>le même nombre d'imagettes pour chaque tenseur</translation>
    </message>
    <message>
        <source>{count} of {name}</source>
        <translation>{count} pour {name}</translation>
    </message>
    <message>
        <source>The raster {path} is not a patches image.</source>
        <translation>Le raster {path} n'est pas une image d'imagettes.</translation>
    </message>
    <message>
        <source>a height that is a multiple of the width, the side of the square patches</source>
        <translation>une hauteur multiple de la largeur, qui est le côté des imagettes carrées</translation>
    </message>
    <message>
        <source>{size} × {height} pixels</source>
        <translation>{size} × {height} pixels</translation>
    </message>
    <message>
        <source>There are no patches images of {name}.</source>
        <translation>Il n'y a pas d'images d'imagettes de {name}.</translation>
    </message>
    <message>
        <source>The patches images of {name} differ in size or type.</source>
        <translation>Les images d'imagettes de {name} diffèrent par leur taille ou leur type.</translation>
    </message>
    <message>
        <source>patches {kind}, as in {path}</source>
        <translation>des imagettes {kind}, comme dans {path}</translation>
    </message>
    <message>
        <source>{kind} in {path}</source>
        <translation>{kind} dans {path}</translation>
    </message>
    <message>
        <source>{shape} of {type}</source>
        <translation>{shape} de type {type}</translation>
    </message>
    <message>
        <source>at least {size} pixels from their borders</source>
        <translation>à au moins {size} pixels de leurs bords</translation>
    </message>
    <message>
        <source>wherever in them</source>
        <translation>n'importe où dedans</translation>
    </message>
    <message>
        <source>No patch of the layer {positions_name} lies inside every raster.</source>
        <translation>Aucune imagette de la couche {positions_name} n'est à l'intérieur de tous les rasters.</translation>
    </message>
    <message>
        <source>points inside every raster, {margin}</source>
        <translation>des points à l'intérieur de tous les rasters, {margin}</translation>
    </message>
    <message>
        <source>{rejected} points, all outside</source>
        <translation>{rejected} points, tous à l'extérieur</translation>
    </message>
    <message>
        <source>Check that the positions were sampled on these rasters and with this patch size.</source>
        <translation>Vérifiez que les positions ont été échantillonnées sur ces rasters et avec cette taille d'imagette.</translation>
    </message>
    <message>
        <source>too near a raster's border for a patch</source>
        <translation>trop près du bord d'un raster pour une imagette</translation>
    </message>
    <message>
        <source>outside a raster</source>
        <translation>hors d'un raster</translation>
    </message>
    <message>
        <source>{rejected} positions are {where} and are left out.</source>
        <translation>{rejected} positions sont {where} et sont laissées de côté.</translation>
    </message>
    <message>
        <source>{shifted} patches of the coarser sources are shifted by less than a coarse pixel against those of {name}: sample the positions with the same sources to avoid that.</source>
        <translation>{shifted} imagettes des sources plus grossières sont décalées de moins d'un pixel grossier par rapport à celles de {name} : pour l'éviter, échantillonnez les positions avec les mêmes sources.</translation>
    </message>
    <message>
        <source>There are no positions to train with.</source>
        <translation>Il n'y a pas de positions pour l'apprentissage.</translation>
    </message>
    <message>
        <source>positions whose field split is train</source>
        <translation>des positions dont le champ split est train</translation>
    </message>
    <message>
        <source>{done} of {count} patches</source>
        <translation>{done} imagettes sur {count}</translation>
    </message>
    <message>
        <source>The file {file} is damaged.</source>
        <translation>Le fichier {file} est endommagé.</translation>
    </message>
    <message>
        <source>complete records</source>
        <translation>des enregistrements complets</translation>
    </message>
    <message>
        <source>{number} complete records and a part of one</source>
        <translation>{number} enregistrements complets et une partie d'un autre</translation>
    </message>
    <message>
        <source>The split {split} has no labelled pixel.</source>
        <translation>La partition {split} n'a pas de pixel étiqueté.</translation>
    </message>
    <message>
        <source>The labels have only {count} different values. If they are classes, export them as labels from a raster of classes.</source>
        <translation>Les étiquettes n'ont que {count} valeurs différentes. Si ce sont des classes, exportez-les comme étiquettes d'un raster de classes.</translation>
    </message>
    <message>
        <source>The label {end:g} occurs often and is far from all others: it may be a no-data value that the file does not declare.</source>
        <translation>L'étiquette {end:g} est fréquente et loin de toutes les autres : c'est peut-être une valeur nodata que le fichier ne déclare pas.</translation>
    </message>
    <message>
        <source>In the split {split}, {outside:.0f} % of the labels lie outside the range of the split train, {minimum:g} to {maximum:g}: networks seldom predict values that they were not trained on.</source>
        <translation>Dans la partition {split}, {outside:.0f} % des étiquettes sont hors de l'étendue de la partition train, {minimum:g} à {maximum:g} : les réseaux prédisent rarement des valeurs sur lesquelles ils n'ont pas été entraînés.</translation>
    </message>
    <message>
        <source>split of the scenes</source>
        <translation>répartition des scènes</translation>
    </message>
    <message>
        <source>weighting of the scenes</source>
        <translation>pondération des scènes</translation>
    </message>
    <message>
        <source>Scenes for validation or for the test are given, but scenes keep their own splits.</source>
        <translation>Des scènes de validation ou de test sont indiquées, mais les scènes gardent leurs propres partitions.</translation>
    </message>
    <message>
        <source>SPLIT 'by scene'</source>
        <translation>SPLIT 'by scene'</translation>
    </message>
    <message>
        <source>'{split}' and {held_out}</source>
        <translation>'{split}' et {held_out}</translation>
    </message>
    <message>
        <source>No scene is given for validation or for the test.</source>
        <translation>Aucune scène n'est indiquée pour la validation ni pour le test.</translation>
    </message>
    <message>
        <source>VALID_SCENES or TEST_SCENES with SPLIT 'by scene'</source>
        <translation>VALID_SCENES ou TEST_SCENES avec SPLIT 'by scene'</translation>
    </message>
    <message>
        <source>The scene {name} is given both for validation and for the test.</source>
        <translation>La scène {name} est indiquée à la fois pour la validation et pour le test.</translation>
    </message>
    <message>
        <source>one of them</source>
        <translation>l'un des deux</translation>
    </message>
    <message>
        <source>No scene is left to train with.</source>
        <translation>Il ne reste aucune scène pour l'apprentissage.</translation>
    </message>
    <message>
        <source>at least one scene that is neither for validation nor for the test</source>
        <translation>au moins une scène qui ne sert ni à la validation ni au test</translation>
    </message>
    <message>
        <source>Invalid datasets.</source>
        <translation>Jeux de données incorrects.</translation>
    </message>
    <message>
        <source>one or more dataset folders, each once</source>
        <translation>un ou plusieurs dossiers de jeux de données, chacun une seule fois</translation>
    </message>
    <message>
        <source>{folders} more than once</source>
        <translation>{folders} plus d'une fois</translation>
    </message>
    <message>
        <source>Invalid names of the scenes.</source>
        <translation>Noms des scènes incorrects.</translation>
    </message>
    <message>
        <source>{count} different names, one for each dataset</source>
        <translation>{count} noms différents, un par jeu de données</translation>
    </message>
    <message>
        <source>{names} and {count} others</source>
        <translation>{names} et {count} autres</translation>
    </message>
    <message>
        <source>Invalid name of a scene.</source>
        <translation>Nom de scène incorrect.</translation>
    </message>
    <message>
        <source>one of {names}, or a number from 1 to {count}</source>
        <translation>l'un de {names}, ou un numéro de 1 à {count}</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>taille de lot</translation>
    </message>
    <message>
        <source>No sample is left to write to {output_dir}: nothing is written.</source>
        <translation>Il ne reste aucun échantillon à écrire dans {output_dir} : rien n'est écrit.</translation>
    </message>
    <message>
        <source>no file that ends with {suffix}</source>
        <translation>aucun fichier qui se termine par {suffix}</translation>
    </message>
    <message>
        <source>{types_file} and {shapes_file} name different tensors</source>
        <translation>{types_file} et {shapes_file} nomment des tenseurs différents</translation>
    </message>
    <message>
        <source>{path} is not a folder of TFRecords.</source>
        <translation>{path} n'est pas un dossier de TFRecords.</translation>
    </message>
    <message>
        <source>{types_file}, {shapes_file} and files that end with {suffix}</source>
        <translation>{types_file}, {shapes_file} et des fichiers qui se terminent par {suffix}</translation>
    </message>
    <message>
        <source>{samples} samples</source>
        <translation>{samples} échantillons</translation>
    </message>
    <message>
        <source>tensors of the types {types}</source>
        <translation>des tenseurs des types {types}</translation>
    </message>
    <message>
        <source>tensors of the shapes {shapes}</source>
        <translation>des tenseurs des formes {shapes}</translation>
    </message>
    <message>
        <source>{what} in the split {split}, as {file_name} says</source>
        <translation>{what} dans la partition {split}, comme le dit {file_name}</translation>
    </message>
    <message>
        <source>{received} in its files</source>
        <translation>{received} dans ses fichiers</translation>
    </message>
    <message>
        <source>Export it again, or copy all of its files.</source>
        <translation>Exportez-le de nouveau, ou copiez tous ses fichiers.</translation>
    </message>
    <message>
        <source>number of workers</source>
        <translation>nombre de workers</translation>
    </message>
    <message>
        <source>{count} files of {path} do not divide among {n_workers} workers</source>
        <translation>{count} fichiers de {path} ne se répartissent pas entre {n_workers} workers</translation>
    </message>
    <message>
        <source>{problem}: each worker reads all files and keeps its share of the samples.</source>
        <translation>{problem} : chaque worker lit tous les fichiers et garde sa part des échantillons.</translation>
    </message>
    <message>
        <source>{problem}: {rest} files with {left_out} samples are left out.</source>
        <translation>{problem} : {rest} fichiers avec {left_out} échantillons sont laissés de côté.</translation>
    </message>
    <message>
        <source>{types_file} does not map the names of tensors to their types</source>
        <translation>{types_file} n'associe pas les noms des tenseurs à leurs types</translation>
    </message>
    <message>
        <source>{types_file} names an unknown type: {error}</source>
        <translation>{types_file} nomme un type inconnu : {error}</translation>
    </message>
    <message>
        <source>{shapes_file} does not map the names of tensors to their shapes</source>
        <translation>{shapes_file} n'associe pas les noms des tenseurs à leurs formes</translation>
    </message>
    <message>
        <source>Invalid names of targets.</source>
        <translation>Noms de cibles incorrects.</translation>
    </message>
    <message>
        <source>{dropped} of {count} samples do not fill files of {size} and are dropped.</source>
        <translation>{dropped} échantillons sur {count} ne remplissent pas des fichiers de {size} et sont écartés.</translation>
    </message>
    <message>
        <source>{dropped} of {count} samples do not fill batches of {size} and are dropped.</source>
        <translation>{dropped} échantillons sur {count} ne remplissent pas des lots de {size} et sont écartés.</translation>
    </message>
    <message>
        <source>{names} by one polygon</source>
        <translation>{names} par un seul polygone</translation>
    </message>
    <message>
        <source>{names} by one polygon each</source>
        <translation>{names} par un seul polygone chacune</translation>
    </message>
    <message>
        <source>{names} by two polygons</source>
        <translation>{names} par deux polygones</translation>
    </message>
    <message>
        <source>{names} by two polygons each</source>
        <translation>{names} par deux polygones chacune</translation>
    </message>
    <message>
        <source>{names} by one labelled feature</source>
        <translation>{names} par une seule entité étiquetée</translation>
    </message>
    <message>
        <source>{names} by one labelled feature each</source>
        <translation>{names} par une seule entité étiquetée chacune</translation>
    </message>
    <message>
        <source>{names} by two labelled features</source>
        <translation>{names} par deux entités étiquetées</translation>
    </message>
    <message>
        <source>{names} by two labelled features each</source>
        <translation>{names} par deux entités étiquetées chacune</translation>
    </message>
    <message>
        <source>The split {split} judges {judged}: its figures tell how well these places are recognised, not how well the class is. Draw more of {names}, in other places.</source>
        <translation>La partition {split} juge {judged} : ses chiffres disent si ces endroits sont bien reconnus, et non si la classe l'est. Dessinez davantage de {names}, à d'autres endroits.</translation>
    </message>
    <message>
        <source>The split {split} judges {judged}: its figures tell how well these places are recognised, not how well the classes are. Draw more of {names}, in other places.</source>
        <translation>La partition {split} juge {judged} : ses chiffres disent si ces endroits sont bien reconnus, et non si les classes le sont. Dessinez davantage de {names}, à d'autres endroits.</translation>
    </message>
    <message>
        <source>A polygon of {names} lies in the split {split} and in another one: neighbouring pixels are alike, so the figures of {names} are too good. Draw more of it, in other places.</source>
        <translation>Un polygone de {names} se trouve dans la partition {split} et dans une autre : des pixels voisins se ressemblent, et les chiffres de {names} sont donc trop bons. Dessinez-en davantage, à d'autres endroits.</translation>
    </message>
    <message>
        <source>A labelled feature of {names} lies in the split {split} and in another one: neighbouring pixels are alike, so the figures of {names} are too good. Draw more of it, in other places.</source>
        <translation>Une entité étiquetée de {names} se trouve dans la partition {split} et dans une autre : des pixels voisins se ressemblent, et les chiffres de {names} sont donc trop bons. Dessinez-en davantage, à d'autres endroits.</translation>
    </message>
    <message>
        <source>The split {split} has only a handful of labelled pixels of {names}: label more of it.</source>
        <translation>La partition {split} n'a qu'une poignée de pixels étiquetés de {names} : étiquetez-en davantage.</translation>
    </message>
    <message>
        <source>{name} = {value} ({own} in {scene})</source>
        <translation>{name} = {value} ({own} dans {scene})</translation>
    </message>
    <message>
        <source>names of the sources</source>
        <translation>noms des sources</translation>
    </message>
    <message>
        <source>Export it with the same sources.</source>
        <translation>Exportez-le avec les mêmes sources.</translation>
    </message>
    <message>
        <source>Export it with the same {name}.</source>
        <translation>Exportez-le avec la même source {name}.</translation>
    </message>
    <message>
        <source>{patch_size} pixels</source>
        <translation>{patch_size} pixels</translation>
    </message>
    <message>
        <source>patch size of {name}</source>
        <translation>taille d'imagette de {name}</translation>
    </message>
    <message>
        <source>The no-data values of {source}, {band} differ ({found}): missing values are stored as NaN, and all values as {type}.</source>
        <translation>Les valeurs nodata de {source}, {band}, diffèrent ({found}) : les valeurs manquantes sont stockées en NaN, et toutes les valeurs en {type}.</translation>
    </message>
    <message>
        <source>The values of {source} are of different types ({types}) and are stored as {type}: check that they have the same units.</source>
        <translation>Les valeurs de {source} sont de types différents ({types}) et sont stockées en {type} : vérifiez qu'elles ont les mêmes unités.</translation>
    </message>
    <message>
        <source>The values of {name} have no common type.</source>
        <translation>Les valeurs de {name} n'ont pas de type commun.</translation>
    </message>
    <message>
        <source>the same type and no-data value in all scenes, or integers of at most 32 bits</source>
        <translation>le même type et la même valeur nodata dans toutes les scènes, ou des entiers d'au plus 32 bits</translation>
    </message>
    <message>
        <source>Convert the images to a common type, and export again.</source>
        <translation>Convertissez les images en un type commun, et exportez de nouveau.</translation>
    </message>
    <message>
        <source>bands of {name}</source>
        <translation>bandes de {name}</translation>
    </message>
    <message>
        <source>Export it with the same bands in the same order.</source>
        <translation>Exportez-le avec les mêmes bandes dans le même ordre.</translation>
    </message>
    <message>
        <source>The bands of {source} have other names in {other} ({bands}) than in {one} ({own_bands}): they are taken for the same, in this order.</source>
        <translation>Les bandes de {source} ont d'autres noms dans {other} ({bands}) que dans {one} ({own_bands}) : elles sont considérées comme identiques, dans cet ordre.</translation>
    </message>
    <message>
        <source>NVIDIA's driver does not answer ({error})</source>
        <translation>Le pilote de NVIDIA ne répond pas ({error})</translation>
    </message>
    <message>
        <source>The worker starts</source>
        <translation>Le processus de calcul démarre</translation>
    </message>
    <message>
        <source>Everything works</source>
        <translation>Tout fonctionne</translation>
    </message>
    <message>
        <source>{done} of {count} steps done in {seconds:.0f} s</source>
        <translation>{done} étapes sur {count} faites en {seconds:.0f} s</translation>
    </message>
    <message>
        <source>{threads} threads, {instructions}</source>
        <translation>{threads} fils d'exécution, {instructions}</translation>
    </message>
    <message>
        <source>instruction sets unknown</source>
        <translation>jeux d'instructions inconnus</translation>
    </message>
    <message>
        <source>{device}: {name} ({details}); trial {seconds:.0f} ms</source>
        <translation>{device} : {name} ({details}) ; essai {seconds:.0f} ms</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>{system}, translated by Rosetta</source>
        <translation>{system}, traduit par Rosetta</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>{processor}, {threads} threads; instructions: {instructions}</source>
        <translation>{processor}, {threads} fils d'exécution ; instructions : {instructions}</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>{memory_gb} GB; free on the disk of the environment: {free_disk_gb} GB</source>
        <translation>{memory_gb} Go ; libre sur le disque de l'environnement : {free_disk_gb} Go</translation>
    </message>
    <message>
        <source>NVIDIA GPUs</source>
        <translation>GPU NVIDIA</translation>
    </message>
    <message>
        <source>Interpreter</source>
        <translation>Interpréteur</translation>
    </message>
    <message>
        <source>Run Set up the environment again; if that does not help, send this diagnosis to GeoDL's issue tracker.</source>
        <translation>Exécutez de nouveau Installer l'environnement ; si cela n'aide pas, envoyez ce diagnostic au suivi des problèmes de GeoDL.</translation>
    </message>
    <message>
        <source>This was at the step “{title}”.</source>
        <translation>C'était à l'étape « {title} ».</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu install the package python3-venv (sudo apt install python3-venv), then run this again.</source>
        <translation>Sous Debian et Ubuntu, installez le paquet python3-venv (sudo apt install python3-venv), puis relancez.</translation>
    </message>
    <message>
        <source>Flatpak leaves pip out. In a terminal, run flatpak install $(flatpak info --show-sdk org.qgis.qgis), then start QGIS by flatpak run --devel org.qgis.qgis and run this again. Later you can start QGIS as usual.</source>
        <translation>Flatpak omet pip. Dans un terminal, exécutez flatpak install $(flatpak info --show-sdk org.qgis.qgis), puis démarrez QGIS par flatpak run --devel org.qgis.qgis et relancez. Ensuite, vous pourrez démarrer QGIS comme d'habitude.</translation>
    </message>
    <message>
        <source>QGIS's Python {base_python} does not work: {problem}.</source>
        <translation>Le Python {base_python} de QGIS ne fonctionne pas : {problem}.</translation>
    </message>
    <message>
        <source>No QGIS uses the environment in {other} any more ({gigabytes:.1f} GB): you may delete it.</source>
        <translation>Aucun QGIS n'utilise plus l'environnement de {other} ({gigabytes:.1f} Go) : vous pouvez le supprimer.</translation>
    </message>
    <message>
        <source>Environment ready</source>
        <translation>Environnement prêt</translation>
    </message>
    <message>
        <source>The folder {wheels} holds no packages.</source>
        <translation>Le dossier {wheels} ne contient pas de paquets.</translation>
    </message>
    <message>
        <source>a folder with wheels (files that end in .whl)</source>
        <translation>un dossier de wheels (fichiers qui se terminent par .whl)</translation>
    </message>
    <message>
        <source>a folder without</source>
        <translation>un dossier sans</translation>
    </message>
    <message>
        <source>no folder</source>
        <translation>aucun dossier</translation>
    </message>
    <message>
        <source>The environment cannot be made in {folder}.</source>
        <translation>L'environnement ne peut pas être créé dans {folder}.</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>Choisissez un dossier où vous pouvez écrire.</translation>
    </message>
    <message>
        <source>Trying the environment</source>
        <translation>Essai de l'environnement</translation>
    </message>
    <message>
        <source>The environment was made for the Python in {home}. It now serves this QGIS.</source>
        <translation>L'environnement a été créé pour le Python de {home}. Il sert désormais à ce QGIS.</translation>
    </message>
    <message>
        <source>What was installed in {folder} is kept: run this again to go on.</source>
        <translation>Ce qui a été installé dans {folder} est conservé : relancez pour continuer.</translation>
    </message>
    <message>
        <source>Making the environment</source>
        <translation>Création de l'environnement</translation>
    </message>
    <message>
        <source>There is too little space for the environment in {folder}.</source>
        <translation>Il y a trop peu de place pour l'environnement dans {folder}.</translation>
    </message>
    <message>
        <source>Make room, or choose a folder on another disk.</source>
        <translation>Libérez de la place, ou choisissez un dossier sur un autre disque.</translation>
    </message>
    <message>
        <source>Updating pip</source>
        <translation>Mise à jour de pip</translation>
    </message>
    <message>
        <source>Looking up the packages</source>
        <translation>Recherche des paquets</translation>
    </message>
    <message>
        <source>Looking up {package}</source>
        <translation>Recherche de {package}</translation>
    </message>
    <message>
        <source>The environment was made, but cannot be used.</source>
        <translation>L'environnement a été créé, mais ne peut pas être utilisé.</translation>
    </message>
    <message>
        <source>Delete {folder} and run this again. The log is {log}.</source>
        <translation>Supprimez {folder} et relancez. Le journal est {log}.</translation>
    </message>
    <message>
        <source>QGIS's Python {interpreter} cannot make environments.</source>
        <translation>Le Python {interpreter} de QGIS ne peut pas créer d'environnements.</translation>
    </message>
    <message>
        <source>the module venv, and pip or ensurepip</source>
        <translation>le module venv, et pip ou ensurepip</translation>
    </message>
    <message>
        <source>no {module}</source>
        <translation>aucun {module}</translation>
    </message>
    <message>
        <source>A native library cannot be loaded: the Microsoft Visual C++ runtime is missing or too old.</source>
        <translation>Une bibliothèque native ne peut pas être chargée : le runtime Microsoft Visual C++ manque ou est trop ancien.</translation>
    </message>
    <message>
        <source>Install the newest Microsoft Visual C++ Redistributable (x64) from Microsoft's website, restart the computer, then run Set up the environment again.</source>
        <translation>Installez la dernière version de Microsoft Visual C++ Redistributable (x64) depuis le site de Microsoft, redémarrez l'ordinateur, puis exécutez de nouveau Installer l'environnement.</translation>
    </message>
    <message>
        <source>h5py cannot be loaded: the HDF5 library of this QGIS, which stands in for its own, does not suit it.</source>
        <translation>h5py ne peut pas être chargé : la bibliothèque HDF5 de ce QGIS, qui remplace la sienne, ne lui convient pas.</translation>
    </message>
    <message>
        <source>Run Set up the environment again, which installs an h5py for it; if this QGIS is from before May 2023, install a newer one.</source>
        <translation>Exécutez de nouveau Installer l'environnement, qui installe un h5py adapté ; si ce QGIS date d'avant mai 2023, installez-en un plus récent.</translation>
    </message>
    <message>
        <source>A policy of this computer (Smart App Control, AppLocker or an application control policy) blocks the file.</source>
        <translation>Une règle de cet ordinateur (Smart App Control, AppLocker ou une stratégie de contrôle d'application) bloque le fichier.</translation>
    </message>
    <message>
        <source>Ask whoever looks after this computer to allow the folder of the environment.</source>
        <translation>Demandez à la personne qui gère cet ordinateur d'autoriser le dossier de l'environnement.</translation>
    </message>
    <message>
        <source>This processor has no AVX instructions, which TensorFlow needs.</source>
        <translation>Ce processeur n'a pas les instructions AVX, dont TensorFlow a besoin.</translation>
    </message>
    <message>
        <source>Use a computer whose processor has them: most from 2013 on do. In a virtual machine let it pass on the processor of its host.</source>
        <translation>Utilisez un ordinateur dont le processeur les a : la plupart depuis 2013. Dans une machine virtuelle, faites transmettre le processeur de son hôte.</translation>
    </message>
    <message>
        <source>This QGIS is made for Intel processors and runs on an Apple processor by Rosetta, which has no AVX instructions before macOS 15; TensorFlow needs them.</source>
        <translation>Ce QGIS est fait pour les processeurs Intel et tourne sur un processeur Apple par Rosetta, qui n'a pas les instructions AVX avant macOS 15 ; TensorFlow en a besoin.</translation>
    </message>
    <message>
        <source>Install the QGIS for Apple silicon, then run Set up the environment again.</source>
        <translation>Installez le QGIS pour Apple silicon, puis exécutez de nouveau Installer l'environnement.</translation>
    </message>
    <message>
        <source>macOS does not let this QGIS load libraries that others have signed (library validation).</source>
        <translation>macOS n'autorise pas ce QGIS à charger des bibliothèques signées par d'autres (validation des bibliothèques).</translation>
    </message>
    <message>
        <source>Install QGIS, TensorFlow and Keras from conda-forge, and name the Python of that environment in the variable GEODL_PYTHON.</source>
        <translation>Installez QGIS, TensorFlow et Keras depuis conda-forge, et indiquez le Python de cet environnement dans la variable GEODL_PYTHON.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Le disque est plein.</translation>
    </message>
    <message>
        <source>Make room, then run this again.</source>
        <translation>Libérez de la place, puis relancez.</translation>
    </message>
    <message>
        <source>The proxy does not let pip through.</source>
        <translation>Le proxy ne laisse pas passer pip.</translation>
    </message>
    <message>
        <source>Check the proxy in QGIS's options, tab Network (pip needs an HTTP proxy), or ask for a folder of wheels and name it in the parameter WHEELS.</source>
        <translation>Vérifiez le proxy dans les options de QGIS, onglet Réseau (pip a besoin d'un proxy HTTP), ou demandez un dossier de wheels et indiquez-le dans le paramètre WHEELS.</translation>
    </message>
    <message>
        <source>The certificate of the package index is not trusted.</source>
        <translation>Le certificat de l'index de paquets n'est pas approuvé.</translation>
    </message>
    <message>
        <source>If your organisation inspects its network traffic, name its certificate file in the variable PIP_CERT.</source>
        <translation>Si votre organisation inspecte son trafic réseau, indiquez son fichier de certificat dans la variable PIP_CERT.</translation>
    </message>
    <message>
        <source>The package index cannot be reached.</source>
        <translation>L'index de paquets est inaccessible.</translation>
    </message>
    <message>
        <source>Check the network and the proxy in QGIS's options, then run this again, or ask for a folder of wheels and name it in the parameter WHEELS.</source>
        <translation>Vérifiez le réseau et le proxy dans les options de QGIS, puis relancez, ou demandez un dossier de wheels et indiquez-le dans le paramètre WHEELS.</translation>
    </message>
    <message>
        <source>The paths are too long for this Windows.</source>
        <translation>Les chemins sont trop longs pour ce Windows.</translation>
    </message>
    <message>
        <source>Run Set up the environment with a FOLDER whose path is short, such as C:\geodl.</source>
        <translation>Exécutez Installer l'environnement avec un FOLDER dont le chemin est court, par exemple C:\geodl.</translation>
    </message>
    <message>
        <source>A file of the environment cannot be written: another program, such as a virus scanner, holds it open, or you may not write there.</source>
        <translation>Un fichier de l'environnement ne peut pas être écrit : un autre programme, tel qu'un antivirus, le tient ouvert, ou vous n'avez pas le droit d'y écrire.</translation>
    </message>
    <message>
        <source>Close all other programs that use the environment, then run this again.</source>
        <translation>Fermez tous les autres programmes qui utilisent l'environnement, puis relancez.</translation>
    </message>
    <message>
        <source>Two packages of the environment need different versions of numpy.</source>
        <translation>Deux paquets de l'environnement ont besoin de versions différentes de numpy.</translation>
    </message>
    <message>
        <source>Run Set up the environment again, which installs the numpy that QGIS's GDAL was compiled for.</source>
        <translation>Exécutez de nouveau Installer l'environnement, qui installe le numpy pour lequel le GDAL de QGIS a été compilé.</translation>
    </message>
    <message>
        <source>The package protobuf does not suit TensorFlow.</source>
        <translation>Le paquet protobuf ne convient pas à TensorFlow.</translation>
    </message>
    <message>
        <source>Run Set up the environment again; if a variable PYTHONPATH names a folder with another protobuf, remove it.</source>
        <translation>Exécutez de nouveau Installer l'environnement ; si une variable PYTHONPATH désigne un dossier avec un autre protobuf, supprimez-la.</translation>
    </message>
    <message>
        <source>This Linux is too old for TensorFlow: its C library (glibc) lacks what TensorFlow needs.</source>
        <translation>Ce Linux est trop ancien pour TensorFlow : sa bibliothèque C (glibc) n'a pas ce dont TensorFlow a besoin.</translation>
    </message>
    <message>
        <source>Use a newer release of the distribution, or QGIS and TensorFlow from conda-forge.</source>
        <translation>Utilisez une version plus récente de la distribution, ou QGIS et TensorFlow de conda-forge.</translation>
    </message>
    <message>
        <source>Windows has too little memory: its paging file is too small.</source>
        <translation>Windows a trop peu de mémoire : son fichier d'échange est trop petit.</translation>
    </message>
    <message>
        <source>Close other programs, or let Windows manage the size of the paging file (System, Advanced system settings, Performance).</source>
        <translation>Fermez d'autres programmes, ou laissez Windows gérer la taille du fichier d'échange (Système, Paramètres système avancés, Performances).</translation>
    </message>
    <message>
        <source>The environment's Python cannot load QGIS's GDAL.</source>
        <translation>Le Python de l'environnement ne peut pas charger le GDAL de QGIS.</translation>
    </message>
    <message>
        <source>Start QGIS by its own shortcut, which says where GDAL's libraries are, then run Set up the environment again.</source>
        <translation>Démarrez QGIS par son propre raccourci, qui indique où sont les bibliothèques de GDAL, puis exécutez de nouveau Installer l'environnement.</translation>
    </message>
    <message>
        <source>GDAL does not find proj.db, the database of coordinate systems.</source>
        <translation>GDAL ne trouve pas proj.db, la base de données des systèmes de coordonnées.</translation>
    </message>
    <message>
        <source>Remove the variables PROJ_DATA and PROJ_LIB from the system's settings, and start QGIS anew.</source>
        <translation>Supprimez les variables PROJ_DATA et PROJ_LIB des réglages du système, et redémarrez QGIS.</translation>
    </message>
    <message>
        <source>A library is made for another kind of processor than this Python.</source>
        <translation>Une bibliothèque est faite pour un autre type de processeur que ce Python.</translation>
    </message>
    <message>
        <source>Delete the folder of the environment, then run Set up the environment again.</source>
        <translation>Supprimez le dossier de l'environnement, puis exécutez de nouveau Installer l'environnement.</translation>
    </message>
    <message>
        <source>A package that GeoDL needs is missing.</source>
        <translation>Il manque un paquet dont GeoDL a besoin.</translation>
    </message>
    <message>
        <source>Run Set up the environment again, which installs what is missing.</source>
        <translation>Exécutez de nouveau Installer l'environnement, qui installe ce qui manque.</translation>
    </message>
    <message>
        <source>status {status}</source>
        <translation>code de sortie {status}</translation>
    </message>
    <message>
        <source>The whole log is {log}.</source>
        <translation>Le journal complet est {log}.</translation>
    </message>
    <message>
        <source>The folder {wheels} lacks a package.</source>
        <translation>Il manque un paquet dans le dossier {wheels}.</translation>
    </message>
    <message>
        <source>Fill it on a computer with network, the same system and the same Python version: python -m pip download --only-binary :all: -d FOLDER {pip} {pins}. {where}</source>
        <translation>Remplissez-le sur un ordinateur relié au réseau, avec le même système et la même version de Python : python -m pip download --only-binary=:all: -d FOLDER {pip} {pins}. {where}</translation>
    </message>
    <message>
        <source>The package index does not offer what is needed.</source>
        <translation>L'index de paquets ne propose pas ce qu'il faut.</translation>
    </message>
    <message>
        <source>Check which index pip is configured to use (pip config list). {where}</source>
        <translation>Vérifiez quel index est configuré pour pip (pip config list). {where}</translation>
    </message>
    <message>
        <source>The environment could not be made ({name}). {where} Its last lines:</source>
        <translation>L'environnement n'a pas pu être créé ({name}). {where} Ses dernières lignes :</translation>
    </message>
    <message>
        <source>The environment cannot be in the plugin's own folder: an update of GeoDL would delete it.</source>
        <translation>L'environnement ne peut pas être dans le dossier de l'extension : une mise à jour de GeoDL le supprimerait.</translation>
    </message>
    <message>
        <source>a folder outside {folder}</source>
        <translation>un dossier hors de {folder}</translation>
    </message>
    <message>
        <source>The environment needs a folder.</source>
        <translation>L'environnement a besoin d'un dossier.</translation>
    </message>
    <message>
        <source>the file {folder}</source>
        <translation>le fichier {folder}</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be used for the environment.</source>
        <translation>Le dossier {folder} ne peut pas servir pour l'environnement.</translation>
    </message>
    <message>
        <source>a new folder, an empty one, or one with an environment that GeoDL made</source>
        <translation>un nouveau dossier, un dossier vide, ou un dossier avec un environnement créé par GeoDL</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>Another QGIS is working on the environment in {folder}.</source>
        <translation>Un autre QGIS travaille sur l'environnement de {folder}.</translation>
    </message>
    <message>
        <source>Wait until it has ended, then run this again.</source>
        <translation>Attendez qu'il ait terminé, puis relancez.</translation>
    </message>
    <message>
        <source>The environment in {folder} is that of another QGIS, with the Python in {home}.</source>
        <translation>L'environnement de {folder} est celui d'un autre QGIS, avec le Python de {home}.</translation>
    </message>
    <message>
        <source>a folder of its own for each QGIS</source>
        <translation>un dossier à part pour chaque QGIS</translation>
    </message>
    <message>
        <source>Leave FOLDER empty or choose another one; if no QGIS uses that environment any more, delete it.</source>
        <translation>Laissez FOLDER vide ou choisissez-en un autre ; si aucun QGIS n'utilise plus cet environnement, supprimez-le.</translation>
    </message>
    <message>
        <source>The environment in {old} cannot be moved to {folder}.</source>
        <translation>L'environnement de {old} ne peut pas être déplacé vers {folder}.</translation>
    </message>
    <message>
        <source>Close all windows of QGIS, then run this again.</source>
        <translation>Fermez toutes les fenêtres de QGIS, puis relancez.</translation>
    </message>
    <message>
        <source>TensorFlow has no release for the Python of this QGIS.</source>
        <translation>TensorFlow n'existe pas pour le Python de ce QGIS.</translation>
    </message>
    <message>
        <source>Make an environment with one of these, TensorFlow and GDAL by other means, for instance conda, and name its interpreter in the variable GEODL_PYTHON.</source>
        <translation>Créez par d'autres moyens, par exemple conda, un environnement avec l'un de ceux-ci, TensorFlow et GDAL, et indiquez son interpréteur dans la variable GEODL_PYTHON.</translation>
    </message>
    <message>
        <source>TensorFlow has no release for this kind of computer.</source>
        <translation>TensorFlow n'existe pas pour ce type d'ordinateur.</translation>
    </message>
    <message>
        <source>There is no TensorFlow with CUDA for this system.</source>
        <translation>Il n'existe pas de TensorFlow avec CUDA pour ce système.</translation>
    </message>
    <message>
        <source>Choose the build 'processor', or run QGIS in the Windows Subsystem for Linux.</source>
        <translation>Choisissez la variante 'processor', ou exécutez QGIS dans le sous-système Windows pour Linux (WSL).</translation>
    </message>
    <message>
        <source>it does not exist</source>
        <translation>il n'existe pas</translation>
    </message>
    <message>
        <source>it cannot be started ({error})</source>
        <translation>il ne peut pas être démarré ({error})</translation>
    </message>
    <message>
        <source>it gives no answer within {patience} s</source>
        <translation>il ne répond pas en {patience} s</translation>
    </message>
    <message>
        <source>no message</source>
        <translation>aucun message</translation>
    </message>
    <message>
        <source>it does not run (status {status}: {last})</source>
        <translation>il ne s'exécute pas (code de sortie {status} : {last})</translation>
    </message>
    <message>
        <source>it has no {missing}</source>
        <translation>il n'a pas {missing}</translation>
    </message>
    <message>
        <source>{module} {version} ({oldest} or newer is needed)</source>
        <translation>{module} {version} (il faut {oldest} ou plus récent)</translation>
    </message>
    <message>
        <source>it is too old: {old}</source>
        <translation>il est trop ancien : {old}</translation>
    </message>
    <message>
        <source>Downloading {package}</source>
        <translation>Téléchargement de {package}</translation>
    </message>
    <message>
        <source>Downloading small packages</source>
        <translation>Téléchargement de petits paquets</translation>
    </message>
    <message>
        <source>Installing {count} packages</source>
        <translation>Installation de {count} paquets</translation>
    </message>
    <message>
        <source>Downloading {package} ({size:.0f} MB)</source>
        <translation>Téléchargement de {package} ({size:.0f} Mo)</translation>
    </message>
    <message>
        <source>Expected: {text}.</source>
        <translation>Attendu : {text}.</translation>
    </message>
    <message>
        <source>Received: {text}.</source>
        <translation>Reçu : {text}.</translation>
    </message>
    <message>
        <source>Its last step: {step}.</source>
        <translation>Sa dernière étape : {step}.</translation>
    </message>
    <message>
        <source>Its last lines:</source>
        <translation>Ses dernières lignes :</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(aucune)</translation>
    </message>
    <message>
        <source>Cancelled: no output was written.</source>
        <translation>Annulé : aucune sortie n'a été écrite.</translation>
    </message>
    <message>
        <source>The layer cannot be written to {name}.</source>
        <translation>La couche ne peut pas être écrite dans {name}.</translation>
    </message>
    <message>
        <source>a file name that ends with {suffix}</source>
        <translation>un nom de fichier qui se termine par {suffix}</translation>
    </message>
    <message>
        <source>no ending</source>
        <translation>aucune extension</translation>
    </message>
    <message>
        <source>The file {path} cannot be replaced: it holds something else, which would be lost.</source>
        <translation>Le fichier {path} ne peut pas être remplacé : il contient autre chose, qui serait perdu.</translation>
    </message>
    <message>
        <source>a new file, or one whose only layer was made by GeoDL to be labelled</source>
        <translation>un nouveau fichier, ou un fichier dont la seule couche a été créée par GeoDL pour être étiquetée</translation>
    </message>
    <message>
        <source>Choose another output.</source>
        <translation>Choisissez une autre sortie.</translation>
    </message>
    <message>
        <source>The file {path} cannot be replaced: its labels would be lost.</source>
        <translation>Le fichier {path} ne peut pas être remplacé : ses étiquettes seraient perdues.</translation>
    </message>
    <message>
        <source>a new file, or one whose field {to_fill_in} is empty</source>
        <translation>un nouveau fichier, ou un fichier dont le champ {to_fill_in} est vide</translation>
    </message>
    <message>
        <source>{filled} labelled features</source>
        <translation>{filled} entités étiquetées</translation>
    </message>
    <message>
        <source>The layer cannot be written to {path}.</source>
        <translation>La couche ne peut pas être écrite dans {path}.</translation>
    </message>
    <message>
        <source>The points of {name} are not one sample of a map.</source>
        <translation>Les points de {name} ne forment pas un échantillon unique d'une carte.</translation>
    </message>
    <message>
        <source>the fields {stratum} and {pixels} as Draw a sample to judge a map made them</source>
        <translation>les champs {stratum} et {pixels} tels que Tirer un échantillon pour juger une carte les a créés</translation>
    </message>
    <message>
        <source>several sizes, or none, of the class {unclear}</source>
        <translation>plusieurs tailles, ou aucune, pour la classe {unclear}</translation>
    </message>
    <message>
        <source>Use the layer as it was made, and one sample at a time.</source>
        <translation>Utilisez la couche telle qu'elle a été créée, et un échantillon à la fois.</translation>
    </message>
    <message>
        <source>allocation</source>
        <translation>répartition</translation>
    </message>
    <message>
        <source>standard error</source>
        <translation>erreur type</translation>
    </message>
    <message>
        <source>number of points</source>
        <translation>nombre de points</translation>
    </message>
    <message>
        <source>minimum of a class</source>
        <translation>minimum d'une classe</translation>
    </message>
    <message>
        <source>There is nothing to draw from.</source>
        <translation>Il n'y a rien où tirer l'échantillon.</translation>
    </message>
    <message>
        <source>pixels of the map that have a class, inside the mask and the extent</source>
        <translation>des pixels de la carte qui ont une classe, dans le masque et dans l'emprise</translation>
    </message>
    <message>
        <source>Sample written</source>
        <translation>Échantillon écrit</translation>
    </message>
    <message>
        <source>Invalid user's accuracies.</source>
        <translation>Précisions utilisateur incorrectes.</translation>
    </message>
    <message>
        <source>such as {name}=0.9, with the classes {classes} and numbers from 0 to 1</source>
        <translation>par exemple {name}=0.9, avec les classes {classes} et des nombres de 0 à 1</translation>
    </message>
    <message>
        <source>{count} points ({by_class}).</source>
        <translation>{count} points ({by_class}).</translation>
    </message>
    <message>
        <source>If the map is as accurate as expected, the overall accuracy will be known to ± {margin:.1%} (95 % interval; standard error {error:.3f}).</source>
        <translation>Si la carte est aussi précise que prévu, la précision globale sera connue à ± {margin:.1%} près (intervalle à 95 % ; erreur type {error:.3f}).</translation>
    </message>
    <message>
        <source>With a standard error of {coarser:g}, {fewer} points would do.</source>
        <translation>Avec une erreur type de {coarser:g}, {fewer} points suffiraient.</translation>
    </message>
    <message>
        <source>No pixel, and so no point, has the class {absent}.</source>
        <translation>Aucun pixel, et donc aucun point, n'a la classe {absent}.</translation>
    </message>
    <message>
        <source>Measuring the classes</source>
        <translation>Mesure des classes</translation>
    </message>
    <message>
        <source>Drawing the sample</source>
        <translation>Tirage de l'échantillon</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>forme</translation>
    </message>
    <message>
        <source>number of places</source>
        <translation>nombre de lieux</translation>
    </message>
    <message>
        <source>size</source>
        <translation>taille</translation>
    </message>
    <message>
        <source>minimum distance</source>
        <translation>distance minimale</translation>
    </message>
    <message>
        <source>There is no place to suggest.</source>
        <translation>Il n'y a aucun lieu à proposer.</translation>
    </message>
    <message>
        <source>parts of the map that have a class and a confidence, and no label</source>
        <translation>des parties de la carte qui ont une classe et une confiance, et pas d'étiquette</translation>
    </message>
    <message>
        <source>There is room for {count} places only, far enough from each other and from labels.</source>
        <translation>Il n'y a de place que pour {count} lieux assez éloignés les uns des autres et des étiquettes.</translation>
    </message>
    <message>
        <source>Places suggested</source>
        <translation>Lieux proposés</translation>
    </message>
    <message>
        <source>The confidence does not belong to the map.</source>
        <translation>La confiance n'appartient pas à la carte.</translation>
    </message>
    <message>
        <source>The unfamiliarity does not belong to the map.</source>
        <translation>L'étrangeté n'appartient pas à la carte.</translation>
    </message>
    <message>
        <source>the raster that was made with it: {grid}</source>
        <translation>le raster produit avec elle : {grid}</translation>
    </message>
    <message>
        <source>Looking for uncertain places</source>
        <translation>Recherche de lieux incertains</translation>
    </message>
    <message>
        <source>The output {name} gives no probabilities, so there is no confidence.</source>
        <translation>La sortie {name} ne donne pas de probabilités, il n'y a donc pas de confiance.</translation>
    </message>
    <message>
        <source>values from 0 to 1 that add up to 1 for each pixel</source>
        <translation>des valeurs de 0 à 1 dont la somme est 1 pour chaque pixel</translation>
    </message>
    <message>
        <source>values from {min:g} to {max:g} that add up to {sum:g} for one pixel</source>
        <translation>des valeurs de {min:g} à {max:g} dont la somme est {sum:g} pour un pixel</translation>
    </message>
    <message>
        <source>Leave the confidence empty, or choose an output that follows a softmax (OUTPUT_NAMES).</source>
        <translation>Laissez la confiance vide, ou choisissez une sortie issue d'un softmax (OUTPUT_NAMES).</translation>
    </message>
    <message>
        <source>The output {name} does not give one answer for each patch.</source>
        <translation>La sortie {name} ne donne pas une réponse par imagette.</translation>
    </message>
    <message>
        <source>an output [patch, channels]</source>
        <translation>une sortie [imagette, canaux]</translation>
    </message>
    <message>
        <source>a shape of {shape} for {count} patches</source>
        <translation>une forme {shape} pour {count} imagettes</translation>
    </message>
    <message>
        <source>Choose the mode 'fully convolutional', or another output (OUTPUT_NAMES).</source>
        <translation>Choisissez le mode 'fully convolutional', ou une autre sortie (OUTPUT_NAMES).</translation>
    </message>
    <message>
        <source>The output {name} is no image.</source>
        <translation>La sortie {name} n'est pas une image.</translation>
    </message>
    <message>
        <source>an output [batch, y, x, channels]</source>
        <translation>une sortie [lot, y, x, canaux]</translation>
    </message>
    <message>
        <source>a shape of {shape}</source>
        <translation>une forme {shape}</translation>
    </message>
    <message>
        <source>Choose the mode 'patch-based' if it is one answer for a patch, or another output (OUTPUT_NAMES).</source>
        <translation>Choisissez le mode 'patch-based' si c'est une réponse par imagette, ou une autre sortie (OUTPUT_NAMES).</translation>
    </message>
    <message>
        <source>The output {name} does not lie on the ground of the image.</source>
        <translation>La sortie {name} n'est pas sur le terrain de l'image.</translation>
    </message>
    <message>
        <source>{side} × {side} pixels, or up to {crop} fewer on each side, for {rfield} of the image (SCALE = {scale})</source>
        <translation>{side} × {side} pixels, ou jusqu'à {crop} de moins de chaque côté, pour {rfield} de l'image (SCALE = {scale})</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} pixels</translation>
    </message>
    <message>
        <source>Give SCALE, the pixel size of the output / that of the image, and a CROP that is large enough.</source>
        <translation>Indiquez SCALE, la taille de pixel de la sortie / celle de l'image, et un CROP assez grand.</translation>
    </message>
    <message>
        <source>The network does not run on these images.</source>
        <translation>Le réseau ne s'exécute pas sur ces images.</translation>
    </message>
    <message>
        <source>sources with the bands and the resolutions that it was made for, in its order</source>
        <translation>des sources avec les bandes et les résolutions pour lesquelles il est fait, dans son ordre</translation>
    </message>
    <message>
        <source>No pixel of the map lies in the extent.</source>
        <translation>Aucun pixel de la carte n'est dans l'emprise.</translation>
    </message>
    <message>
        <source>an extent that overlaps the image</source>
        <translation>une emprise qui recouvre l'image</translation>
    </message>
    <message>
        <source>Change EXTENT.</source>
        <translation>Changez EXTENT.</translation>
    </message>
    <message>
        <source>The pixels of the map do not nest in those of the sources.</source>
        <translation>Les pixels de la carte ne s'emboîtent pas dans ceux des sources.</translation>
    </message>
    <message>
        <source>sources whose coarse pixels begin at a multiple of {step} pixels of the first source</source>
        <translation>des sources dont les pixels grossiers commencent à un multiple de {step} pixels de la première source</translation>
    </message>
    <message>
        <source>column {col} and row {row}</source>
        <translation>colonne {col} et ligne {row}</translation>
    </message>
    <message>
        <source>Choose to resample (RESAMPLE), or clip the first source.</source>
        <translation>Choisissez de rééchantillonner (RESAMPLE), ou découpez la première source.</translation>
    </message>
    <message>
        <source>CROP = {crop} (from RFIELD = {rfield}, EFIELD = {efield})</source>
        <translation>CROP = {crop} (d'après RFIELD = {rfield}, EFIELD = {efield})</translation>
    </message>
    <message>
        <source>This crop would leave seams in the map.</source>
        <translation>Ce rognage laisserait des raccords visibles dans la carte.</translation>
    </message>
    <message>
        <source>a multiple of the network's total stride {unit}, at least {minimum}</source>
        <translation>un multiple du pas total {unit} du réseau, au moins {minimum}</translation>
    </message>
    <message>
        <source>Use CROP = {crop}, or 0 for automatic.</source>
        <translation>Utilisez CROP = {crop}, ou 0 pour automatique.</translation>
    </message>
    <message>
        <source>RFIELD, EFIELD and CROP contradict each other.</source>
        <translation>RFIELD, EFIELD et CROP se contredisent.</translation>
    </message>
    <message>
        <source>Use RFIELD = {rfield}, or 0 for automatic.</source>
        <translation>Utilisez RFIELD = {rfield}, ou 0 pour automatique.</translation>
    </message>
    <message>
        <source>EFIELD = {efield} (from RFIELD = {rfield})</source>
        <translation>EFIELD = {efield} (d'après RFIELD = {rfield})</translation>
    </message>
    <message>
        <source>These fields would leave seams in the map.</source>
        <translation>Ces champs laisseraient des raccords visibles dans la carte.</translation>
    </message>
    <message>
        <source>an expression field that is a multiple of the network's total stride {unit}</source>
        <translation>un champ d'expression multiple du pas total {unit} du réseau</translation>
    </message>
    <message>
        <source>Use EFIELD = {efield} and RFIELD = {rfield}, or 0 for automatic.</source>
        <translation>Utilisez EFIELD = {efield} et RFIELD = {rfield}, ou 0 pour automatique.</translation>
    </message>
    <message>
        <source>The image is smaller than the receptive field of the network, so no pixel of the map is valid.</source>
        <translation>L'image est plus petite que le champ récepteur du réseau, aucun pixel de la carte n'est donc valide.</translation>
    </message>
    <message>
        <source>at least {rfield} × {rfield} pixels</source>
        <translation>au moins {rfield} × {rfield} pixels</translation>
    </message>
    <message>
        <source>Choose other edges (EDGES), such as 'reflect'.</source>
        <translation>Choisissez d'autres bords (EDGES), par exemple 'reflect'.</translation>
    </message>
    <message>
        <source>The model gives no {purpose}.</source>
        <translation>Le modèle ne donne pas : {purpose}.</translation>
    </message>
    <message>
        <source>one output with a channel for each class</source>
        <translation>une seule sortie avec un canal par classe</translation>
    </message>
    <message>
        <source>Choose the output type 'raw', or another output (OUTPUT_NAMES).</source>
        <translation>Choisissez le type de sortie 'raw', ou une autre sortie (OUTPUT_NAMES).</translation>
    </message>
    <message>
        <source>The earlier run cannot be resumed: its inputs or parameters were different.</source>
        <translation>L'exécution antérieure ne peut pas être reprise : ses entrées ou ses paramètres étaient différents.</translation>
    </message>
    <message>
        <source>the same model, images and parameters as in the earlier run</source>
        <translation>le même modèle, les mêmes images et les mêmes paramètres que l'exécution antérieure</translation>
    </message>
    <message>
        <source>changed: {changed}</source>
        <translation>changé : {changed}</translation>
    </message>
    <message>
        <source>Set them as they were, or delete the folder {folder} to start anew.</source>
        <translation>Rétablissez-les, ou supprimez le dossier {folder} pour tout recommencer.</translation>
    </message>
    <message>
        <source>A finished block cannot be kept in {parent}.</source>
        <translation>Un bloc terminé ne peut pas être conservé dans {parent}.</translation>
    </message>
    <message>
        <source>Make room on the disk and run again with RESUME: it goes on from the finished blocks.</source>
        <translation>Libérez de la place sur le disque et relancez avec RESUME : la reprise part des blocs terminés.</translation>
    </message>
    <message>
        <source>The earlier run cannot be resumed.</source>
        <translation>L'exécution antérieure ne peut pas être reprise.</translation>
    </message>
    <message>
        <source>Delete the folder {parent}.</source>
        <translation>Supprimez le dossier {parent}.</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>il ne peut pas être lu</translation>
    </message>
    <message>
        <source>other values</source>
        <translation>d'autres valeurs</translation>
    </message>
    <message>
        <source>The number of sources is not that of the model's inputs.</source>
        <translation>Le nombre de sources n'est pas celui des entrées du modèle.</translation>
    </message>
    <message>
        <source>Choose one source for each input, in this order (SOURCE1, SOURCE2, …).</source>
        <translation>Choisissez une source par entrée, dans cet ordre (SOURCE1, SOURCE2, …).</translation>
    </message>
    <message>
        <source>The source {name} does not have the bands that the model takes.</source>
        <translation>La source {name} n'a pas les bandes que le modèle accepte.</translation>
    </message>
    <message>
        <source>{bands} bands ({name} {shape_text})</source>
        <translation>{bands} bandes ({name} {shape_text})</translation>
    </message>
    <message>
        <source>{bands} bands ({band_names})</source>
        <translation>{bands} bandes ({band_names})</translation>
    </message>
    <message>
        <source>Choose the rasters with these bands, in the order that the model was trained with.</source>
        <translation>Choisissez les rasters avec ces bandes, dans l'ordre avec lequel le modèle a été entraîné.</translation>
    </message>
    <message>
        <source>The sources do not overlap.</source>
        <translation>Les sources ne se recouvrent pas.</translation>
    </message>
    <message>
        <source>images of the same ground</source>
        <translation>des images du même terrain</translation>
    </message>
    <message>
        <source>The sources do not cover {share:.2g} % of the first one: the map has no data there. They all cover columns {first_col} to {last_col}, rows {first_row} to {last_row}.</source>
        <translation>Les sources ne couvrent pas {share:.2g} % de la première : la carte y est sans données. Elles couvrent toutes les colonnes {first_col} à {last_col} et les lignes {first_row} à {last_row}.</translation>
    </message>
    <message>
        <source>probabilities</source>
        <translation>probabilités</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>confiance</translation>
    </message>
    <message>
        <source>This model gives no probabilities: it maps continuous values, {name}, not classes.</source>
        <translation>Ce modèle ne donne pas de probabilités : il cartographie des valeurs continues, {name}, et non des classes.</translation>
    </message>
    <message>
        <source>This model gives no confidence: it maps continuous values, {name}, not classes.</source>
        <translation>Ce modèle ne donne pas de confiance : il cartographie des valeurs continues, {name}, et non des classes.</translation>
    </message>
    <message>
        <source>the output 'classes', which gives the values, without confidence</source>
        <translation>la sortie 'classes', qui donne les valeurs, sans confiance</translation>
    </message>
    <message>
        <source>Choose the output 'classes', and leave the confidence empty.</source>
        <translation>Choisissez la sortie 'classes', et laissez la confiance vide.</translation>
    </message>
    <message>
        <source>This model maps continuous values, not classes: {name}, no data is NaN.</source>
        <translation>Ce modèle cartographie des valeurs continues, et non des classes : {name} ; sans données, la valeur est NaN.</translation>
    </message>
    <message>
        <source>This model does not know what it was trained on, so it cannot tell where it has never been.</source>
        <translation>Ce modèle ne sait pas sur quoi il a été entraîné, et ne peut donc pas dire où il est en terrain inconnu.</translation>
    </message>
    <message>
        <source>a model made by this version of Train a network, with the output {unfamiliarity}</source>
        <translation>un modèle produit par cette version d'Entraîner un réseau, avec la sortie {unfamiliarity}</translation>
    </message>
    <message>
        <source>the outputs {names}</source>
        <translation>les sorties {names}</translation>
    </message>
    <message>
        <source>Leave UNFAMILIARITY empty, or train the network again.</source>
        <translation>Laissez UNFAMILIARITY vide, ou entraînez le réseau de nouveau.</translation>
    </message>
    <message>
        <source>The input {input} of the model cannot hold the values of the source {source}.</source>
        <translation>L'entrée {input} du modèle ne peut pas contenir les valeurs de la source {source}.</translation>
    </message>
    <message>
        <source>values of type {dtype}, or of a smaller one</source>
        <translation>des valeurs de type {dtype}, ou d'un type plus petit</translation>
    </message>
    <message>
        <source>Convert the raster first, with Translate (convert format).</source>
        <translation>Convertissez d'abord le raster, avec Convertir.</translation>
    </message>
    <message>
        <source>The image does not have the bands of the time series that the network was trained on.</source>
        <translation>L'image n'a pas les bandes de la série temporelle sur laquelle le réseau a été entraîné.</translation>
    </message>
    <message>
        <source>The source {name} does not have the bands of the time series that the network was trained on.</source>
        <translation>La source {name} n'a pas les bandes de la série temporelle sur laquelle le réseau a été entraîné.</translation>
    </message>
    <message>
        <source>{bands} bands of {dates} dates</source>
        <translation>{bands} bandes pour {dates} dates</translation>
    </message>
    <message>
        <source>Choose rasters of as many dates, in the order of time; dates without any image may be no data.</source>
        <translation>Choisissez des rasters d'autant de dates, dans l'ordre du temps ; les dates sans image peuvent être sans données.</translation>
    </message>
    <message>
        <source>The image does not have the bands that the network was trained on.</source>
        <translation>L'image n'a pas les bandes sur lesquelles le réseau a été entraîné.</translation>
    </message>
    <message>
        <source>The source {name} does not have the bands that the network was trained on.</source>
        <translation>La source {name} n'a pas les bandes sur lesquelles le réseau a été entraîné.</translation>
    </message>
    <message>
        <source>{count} bands ({trained})</source>
        <translation>{count} bandes ({trained})</translation>
    </message>
    <message>
        <source>Choose the rasters with these bands, in this order.</source>
        <translation>Choisissez les rasters avec ces bandes, dans cet ordre.</translation>
    </message>
    <message>
        <source>The bands of the image are in another order than those that the network was trained on.</source>
        <translation>Les bandes de l'image sont dans un autre ordre que celles sur lesquelles le réseau a été entraîné.</translation>
    </message>
    <message>
        <source>The bands of the source {name} are in another order than those that the network was trained on.</source>
        <translation>Les bandes de la source {name} sont dans un autre ordre que celles sur lesquelles le réseau a été entraîné.</translation>
    </message>
    <message>
        <source>Rearrange them, or choose the rasters in the right order.</source>
        <translation>Réarrangez-les, ou choisissez les rasters dans le bon ordre.</translation>
    </message>
    <message>
        <source>The network was trained on the bands {trained}; the image calls them {bands}. Make sure that they mean the same.</source>
        <translation>Le réseau a été entraîné sur les bandes {trained} ; l'image les appelle {bands}. Assurez-vous qu'elles désignent la même chose.</translation>
    </message>
    <message>
        <source>The network was trained on the bands {trained}; the source {name} calls them {bands}. Make sure that they mean the same.</source>
        <translation>Le réseau a été entraîné sur les bandes {trained} ; la source {name} les appelle {bands}. Assurez-vous qu'elles désignent la même chose.</translation>
    </message>
    <message>
        <source>The size of the patches is unknown: the network takes any.</source>
        <translation>La taille des imagettes est inconnue : le réseau les accepte toutes.</translation>
    </message>
    <message>
        <source>the receptive field, RFIELD: the size that it was trained with</source>
        <translation>le champ récepteur, RFIELD : la taille avec laquelle il a été entraîné</translation>
    </message>
    <message>
        <source>The patches do not have the size that the network takes.</source>
        <translation>Les imagettes n'ont pas la taille que le réseau accepte.</translation>
    </message>
    <message>
        <source>{source_size} × {source_size} pixels of {name}, RFIELD = {rfield}</source>
        <translation>{source_size} × {source_size} pixels de {name}, RFIELD = {rfield}</translation>
    </message>
    <message>
        <source>Leave RFIELD at 0, or choose sources of the resolution that the network was trained on.</source>
        <translation>Laissez RFIELD à 0, ou choisissez des sources de la résolution sur laquelle le réseau a été entraîné.</translation>
    </message>
    <message>
        <source>{bands} bands, {dates} dates with {each} band each, from {first} to {last}</source>
        <translation>{bands} bandes, {dates} dates de {each} bande chacune, du {first} au {last}</translation>
    </message>
    <message>
        <source>{bands} bands, {dates} dates with {each} bands each, from {first} to {last}</source>
        <translation>{bands} bandes, {dates} dates de {each} bandes chacune, du {first} au {last}</translation>
    </message>
    <message>
        <source>{bands} bands, {dates} dates with {each} band each</source>
        <translation>{bands} bandes, {dates} dates de {each} bande chacune</translation>
    </message>
    <message>
        <source>{bands} bands, {dates} dates with {each} bands each</source>
        <translation>{bands} bandes, {dates} dates de {each} bandes chacune</translation>
    </message>
    <message>
        <source>The dates of {name} are in another order than those that the network was trained on.</source>
        <translation>Les dates de {name} sont dans un autre ordre que celles sur lesquelles le réseau a été entraîné.</translation>
    </message>
    <message>
        <source>Choose the rasters in the right order.</source>
        <translation>Choisissez les rasters dans le bon ordre.</translation>
    </message>
    <message>
        <source>{count} dates, {dates}</source>
        <translation>{count} dates, {dates}</translation>
    </message>
    <message>
        <source>{dates}: {others} of {count} dates are others, up to {apart} days earlier or later in the year</source>
        <translation>{dates} : {others} dates sur {count} sont différentes, jusqu'à {apart} jours plus tôt ou plus tard dans l'année</translation>
    </message>
    <message>
        <source>The network was trained on {dates}. {name} has {found}. The network takes them for those of the training: the map is good only as far as the seasons are alike.</source>
        <translation>Le réseau a été entraîné sur {dates}. {name} a {found}. Le réseau les prend pour celles de l'apprentissage : la carte n'est bonne que dans la mesure où les saisons se ressemblent.</translation>
    </message>
    <message>
        <source>An image changed while it was mapped, so the map would mix its old and its new content.</source>
        <translation>Une image a changé pendant qu'elle était cartographiée, et la carte mélangerait son ancien et son nouveau contenu.</translation>
    </message>
    <message>
        <source>files that do not change until the map is finished</source>
        <translation>des fichiers qui ne changent pas avant la fin de la carte</translation>
    </message>
    <message>
        <source>changed or removed: {changed}</source>
        <translation>changé ou supprimé : {changed}</translation>
    </message>
    <message>
        <source>Run it again when no other program writes to them.</source>
        <translation>Relancez quand aucun autre programme n'y écrit.</translation>
    </message>
    <message>
        <source>Each pixel of the map depends on all pixels of a block, as with global pooling or attention, so that blocks cannot give the same as the whole image.</source>
        <translation>Chaque pixel de la carte dépend de tous les pixels d'un bloc, comme avec un pooling global ou une attention, si bien que des blocs ne peuvent pas donner la même chose que l'image entière.</translation>
    </message>
    <message>
        <source>These models cannot be averaged: the pixels of their maps differ in size.</source>
        <translation>La moyenne de ces modèles est impossible : les pixels de leurs cartes n'ont pas la même taille.</translation>
    </message>
    <message>
        <source>The resolutions of the sources are not those that the network combines.</source>
        <translation>Les résolutions des sources ne sont pas celles que le réseau combine.</translation>
    </message>
    <message>
        <source>sources of the resolutions that it was trained on</source>
        <translation>des sources des résolutions sur lesquelles il a été entraîné</translation>
    </message>
    <message>
        <source>{name}: pixels × {ratio}</source>
        <translation>{name} : pixels × {ratio}</translation>
    </message>
    <message>
        <source>Choose them in the order of the network's inputs.</source>
        <translation>Choisissez-les dans l'ordre des entrées du réseau.</translation>
    </message>
    <message>
        <source>These outputs cannot be stacked: their pixels differ in size.</source>
        <translation>Ces sorties ne peuvent pas être empilées : leurs pixels n'ont pas la même taille.</translation>
    </message>
    <message>
        <source>There are no images to map.</source>
        <translation>Il n'y a pas d'images à cartographier.</translation>
    </message>
    <message>
        <source>an empty list</source>
        <translation>une liste vide</translation>
    </message>
    <message>
        <source>No image has such a name.</source>
        <translation>Aucune image n'a ce nom.</translation>
    </message>
    <message>
        <source>The list of images {path} cannot be read.</source>
        <translation>La liste d'images {path} ne peut pas être lue.</translation>
    </message>
    <message>
        <source>The STAC items of {href} cannot be read.</source>
        <translation>Les items STAC de {href} ne peuvent pas être lus.</translation>
    </message>
    <message>
        <source>an item, a feature collection of items, a collection or a catalog</source>
        <translation>un item, une collection d'items, une collection ou un catalogue</translation>
    </message>
    <message>
        <source>The STAC catalog {place} cannot be read, which {catalog} links to.</source>
        <translation>Le catalogue STAC {place} ne peut pas être lu ; {catalog} y renvoie.</translation>
    </message>
    <message>
        <source>The STAC item {place} cannot be read, which {catalog} links to. Received: {reason}.</source>
        <translation>L'item STAC {place} ne peut pas être lu ; {catalog} y renvoie. Reçu : {reason}.</translation>
    </message>
    <message>
        <source>unknown, since the model does not name its bands: name the assets</source>
        <translation>inconnu, car le modèle ne nomme pas ses bandes : nommez les assets</translation>
    </message>
    <message>
        <source>The item has no such assets. Expected: {wanted}. Received: {there}.</source>
        <translation>L'item n'a pas ces assets. Attendu : {wanted}. Reçu : {there}.</translation>
    </message>
    <message>
        <source>bands not told</source>
        <translation>bandes non indiquées</translation>
    </message>
    <message>
        <source>The folder is missing.</source>
        <translation>Il manque le dossier.</translation>
    </message>
    <message>
        <source>the name of the folder of the maps (folder)</source>
        <translation>le nom du dossier des cartes (folder)</translation>
    </message>
    <message>
        <source>Loading the network</source>
        <translation>Chargement du réseau</translation>
    </message>
    <message>
        <source>Image {number} of {count}: {name}</source>
        <translation>Image {number} sur {count} : {name}</translation>
    </message>
    <message>
        <source>Cancelled: {images}. The next run goes on after them.</source>
        <translation>Annulé : {images}. La prochaine exécution reprend après elles.</translation>
    </message>
    <message>
        <source>Joining the maps</source>
        <translation>Assemblage des cartes</translation>
    </message>
    <message>
        <source>Two outputs have the same name.</source>
        <translation>Deux sorties ont le même nom.</translation>
    </message>
    <message>
        <source>The table {table} has all of them.</source>
        <translation>Le tableau {table} les contient toutes.</translation>
    </message>
    <message>
        <source>Run it again when the causes are mended: what is done is not done again.</source>
        <translation>Relancez quand les causes sont corrigées : ce qui est fait n'est pas refait.</translation>
    </message>
    <message>
        <source>{count} of {total} images failed; the others are mapped.</source>
        <translation>{count} images sur {total} ont échoué ; les autres sont cartographiées.</translation>
    </message>
    <message>
        <source>Images done: {done}, done before: {before}, failed: {failed}</source>
        <translation>Images faites : {done}, faites auparavant : {before}, en échec : {failed}</translation>
    </message>
    <message>
        <source>Mapped in {speed}, in {used_type} on {hardware}: {times}.</source>
        <translation>Cartographié en {speed}, en {used_type} sur {hardware} : {times}.</translation>
    </message>
    <message>
        <source>Going on after {count} finished blocks of an earlier run.</source>
        <translation>Reprise après {count} blocs terminés d'une exécution antérieure.</translation>
    </message>
    <message>
        <source>{duration}, {speed:.2f} million pixels per second</source>
        <translation>{duration}, {speed:.2f} millions de pixels par seconde</translation>
    </message>
    <message>
        <source>Invalid window of a sheet.</source>
        <translation>Fenêtre de feuille incorrecte.</translation>
    </message>
    <message>
        <source>Invalid sizes of a sheet.</source>
        <translation>Tailles de feuille incorrectes.</translation>
    </message>
    <message>
        <source>four numbers, 0 or more</source>
        <translation>quatre nombres, supérieurs ou égaux à 0</translation>
    </message>
    <message>
        <source>This computer plans other blocks.</source>
        <translation>Cet ordinateur prévoit d'autres blocs.</translation>
    </message>
    <message>
        <source>This computer cannot map a sheet: what it finds is not what the map was planned with.</source>
        <translation>Cet ordinateur ne peut pas cartographier une feuille : ce qu'il trouve n'est pas ce avec quoi la carte a été planifiée.</translation>
    </message>
    <message>
        <source>the same files under the same names, and the same versions of GeoDL and TensorFlow</source>
        <translation>les mêmes fichiers sous les mêmes noms, et les mêmes versions de GeoDL et de TensorFlow</translation>
    </message>
    <message>
        <source>other {changed}</source>
        <translation>différent : {changed}</translation>
    </message>
    <message>
        <source>Put images and models where all computers reach them, and install the same versions on all.</source>
        <translation>Placez les images et les modèles là où tous les ordinateurs les atteignent, et installez partout les mêmes versions.</translation>
    </message>
    <message>
        <source>{count} models</source>
        <translation>{count} modèles</translation>
    </message>
    <message>
        <source>{count} orientations</source>
        <translation>{count} orientations</translation>
    </message>
    <message>
        <source>The mean of {passes} predictions is mapped ({parts}), which takes about {passes} times the computation of one.</source>
        <translation>C'est la moyenne de {passes} prédictions qui est cartographiée ({parts}), ce qui demande environ {passes} fois le calcul d'une seule.</translation>
    </message>
    <message>
        <source>The outputs of these models cannot be averaged.</source>
        <translation>La moyenne des sorties de ces modèles est impossible.</translation>
    </message>
    <message>
        <source>as many channels as {path} gives: {count}</source>
        <translation>autant de canaux qu'en donne {path} : {count}</translation>
    </message>
    <message>
        <source>{count} of {path}</source>
        <translation>{count} pour {path}</translation>
    </message>
    <message>
        <source>Choose models of the same classes (MODEL, FURTHER_MODELS).</source>
        <translation>Choisissez des modèles des mêmes classes (MODEL, FURTHER_MODELS).</translation>
    </message>
    <message>
        <source>The model {other} predicts something else than {first}, so they cannot be averaged.</source>
        <translation>Le modèle {other} prédit autre chose que {first}, leur moyenne est donc impossible.</translation>
    </message>
    <message>
        <source>Choose models of the same classes, with the same values and in the same order (MODEL, FURTHER_MODELS).</source>
        <translation>Choisissez des modèles des mêmes classes, avec les mêmes valeurs et dans le même ordre (MODEL, FURTHER_MODELS).</translation>
    </message>
    <message>
        <source>outputs of unknown meaning</source>
        <translation>sorties de signification inconnue</translation>
    </message>
    <message>
        <source>values: {name}</source>
        <translation>valeurs : {name}</translation>
    </message>
    <message>
        <source>classes: {classes}</source>
        <translation>classes : {classes}</translation>
    </message>
    <message>
        <source>The output {name} of {path} cannot be averaged.</source>
        <translation>La moyenne de la sortie {name} de {path} est impossible.</translation>
    </message>
    <message>
        <source>an output of probabilities or other continuous values</source>
        <translation>une sortie de probabilités ou d'autres valeurs continues</translation>
    </message>
    <message>
        <source>whole numbers ({dtype})</source>
        <translation>des nombres entiers ({dtype})</translation>
    </message>
    <message>
        <source>Choose another output (OUTPUT_NAMES), or one model with TTA = 1.</source>
        <translation>Choisissez une autre sortie (OUTPUT_NAMES), ou un seul modèle avec TTA = 1.</translation>
    </message>
    <message>
        <source>There is not enough memory for a block.</source>
        <translation>Il n'y a pas assez de mémoire pour un bloc.</translation>
    </message>
    <message>
        <source>Give less MEMORY, so that blocks are smaller, or a smaller EFIELD, or close other programs.</source>
        <translation>Indiquez moins de MEMORY, pour que les blocs soient plus petits, ou un EFIELD plus petit, ou fermez d'autres programmes.</translation>
    </message>
    <message>
        <source>{in_lines} is stored in whole lines, so that parts of it are read several times. Tiled rasters are mapped faster (Translate, with the creation option TILED=YES), or give more MEMORY.</source>
        <translation>{in_lines} est stocké en lignes entières, et certaines parties sont donc lues plusieurs fois. Des rasters tuilés sont cartographiés plus vite (Convertir, avec l'option de création TILED=YES) ; ou indiquez plus de MEMORY.</translation>
    </message>
    <message>
        <source>The tiles of the image are so large that they are read several times. With more MEMORY the map is made faster.</source>
        <translation>Les tuiles de l'image sont si grandes qu'elles sont lues plusieurs fois. Avec plus de MEMORY, la carte est produite plus vite.</translation>
    </message>
    <message>
        <source>The maps cannot be joined.</source>
        <translation>Les cartes ne peuvent pas être assemblées.</translation>
    </message>
    <message>
        <source>These maps cannot be joined: the maps themselves are made.</source>
        <translation>Ces cartes ne peuvent pas être assemblées : les cartes elles-mêmes sont faites.</translation>
    </message>
    <message>
        <source>images whose rows go from west to east, and from north to south</source>
        <translation>des images dont les lignes vont d'ouest en est, et du nord au sud</translation>
    </message>
    <message>
        <source>Leave out the mosaic, or bring the images to such a grid first (Warp).</source>
        <translation>Renoncez à la mosaïque, ou mettez d'abord les images sur une telle grille, avec Projection (warp).</translation>
    </message>
    <message>
        <source>These maps cannot be joined, since their grids differ: the maps themselves are made.</source>
        <translation>Ces cartes ne peuvent pas être assemblées, car leurs grilles diffèrent : les cartes elles-mêmes sont faites.</translation>
    </message>
    <message>
        <source>the grid of {map}: {grid}</source>
        <translation>la grille de {map} : {grid}</translation>
    </message>
    <message>
        <source>Leave out the mosaic, or bring the images to one grid first (Warp).</source>
        <translation>Renoncez à la mosaïque, ou mettez d'abord les images sur une même grille, avec Projection (warp).</translation>
    </message>
    <message>
        <source>{crs}, pixels of {width:g} × {height:g}, corner {x0:.10g}, {y0:.10g}</source>
        <translation>{crs}, pixels de {width:g} × {height:g}, coin {x0:.10g}, {y0:.10g}</translation>
    </message>
    <message>
        <source>no-data value of the map</source>
        <translation>valeur nodata de la carte</translation>
    </message>
    <message>
        <source>a number of type {dtype}, at most {max:g}</source>
        <translation>un nombre de type {dtype}, au plus {max:g}</translation>
    </message>
    <message>
        <source>a whole number from {min} to {max} that is not the value of a class</source>
        <translation>un nombre entier de {min} à {max} qui n'est pas la valeur d'une classe</translation>
    </message>
    <message>
        <source>a whole number from {min} to {max} that is greater than {steps}</source>
        <translation>un nombre entier de {min} à {max} qui est supérieur à {steps}</translation>
    </message>
    <message>
        <source>Invalid {name}.</source>
        <translation>Valeur incorrecte : {name}.</translation>
    </message>
    <message>
        <source>{computing} of the time computing, {reading} waiting for input, {writing} for output</source>
        <translation>{computing} du temps au calcul, {reading} à attendre l'entrée, {writing} la sortie</translation>
    </message>
    <message>
        <source>Mapping: block {done} of {total}</source>
        <translation>Cartographie : bloc {done} sur {total}</translation>
    </message>
    <message>
        <source>Precision {chosen}, since {reason}.</source>
        <translation>Précision numérique {chosen}, car {reason}.</translation>
    </message>
    <message>
        <source>The map is computed in float32, since {missing}.</source>
        <translation>La carte est calculée en float32, car {missing}.</translation>
    </message>
    <message>
        <source>It is not known whether this processor has units for bfloat16. If it has none, TensorFlow computes in float32.</source>
        <translation>On ne sait pas si ce processeur a des unités pour bfloat16. S'il n'en a pas, TensorFlow calcule en float32.</translation>
    </message>
    <message>
        <source>TensorFlow computes saved networks in bfloat16 on processors only: on GPUs choose float16</source>
        <translation>TensorFlow ne calcule les réseaux enregistrés en bfloat16 que sur les processeurs : sur les GPU, choisissez float16</translation>
    </message>
    <message>
        <source>this processor has no units for bfloat16 (AMX-BF16 or AVX-512-BF16)</source>
        <translation>ce processeur n'a pas d'unités pour bfloat16 (AMX-BF16 ou AVX-512-BF16)</translation>
    </message>
    <message>
        <source>there is no GPU with units for float16</source>
        <translation>il n'y a pas de GPU avec des unités pour float16</translation>
    </message>
    <message>
        <source>Invalid creation options of the map: {driver} has no such option.</source>
        <translation>Options de création de la carte incorrectes : {driver} n'a pas cette option.</translation>
    </message>
    <message>
        <source>NAME=value with | between, NAME one of {known}</source>
        <translation>NOM=valeur, séparés par |, avec pour NOM l'un de {known}</translation>
    </message>
    <message>
        <source>Invalid creation options of the map: {driver} has no such {name}.</source>
        <translation>Options de création de la carte incorrectes : {driver} n'a pas ce {name}.</translation>
    </message>
    <message>
        <source>lossless options, such as COMPRESS=DEFLATE, ZSTD or LZW, and NBITS={bits} or more</source>
        <translation>des options sans perte, telles que COMPRESS=DEFLATE, ZSTD ou LZW, et NBITS={bits} ou plus</translation>
    </message>
    <message>
        <source>lossless options, such as COMPRESS=DEFLATE, ZSTD or LZW</source>
        <translation>des options sans perte, telles que COMPRESS=DEFLATE, ZSTD ou LZW</translation>
    </message>
    <message>
        <source>These creation options would change the values of the map.</source>
        <translation>Ces options de création changeraient les valeurs de la carte.</translation>
    </message>
    <message>
        <source>Leave them out of CREATION_OPTIONS.</source>
        <translation>Retirez-les de CREATION_OPTIONS.</translation>
    </message>
    <message>
        <source>The creation options {changing} change the values of {names}.</source>
        <translation>Les options de création {changing} changent les valeurs de {names}.</translation>
    </message>
    <message>
        <source>The map cannot be created.</source>
        <translation>La carte ne peut pas être créée.</translation>
    </message>
    <message>
        <source>Invalid file name of the map: {name}.</source>
        <translation>Nom de fichier de la carte incorrect : {name}.</translation>
    </message>
    <message>
        <source>a name that ends with .tif</source>
        <translation>un nom qui se termine par .tif</translation>
    </message>
    <message>
        <source>The map cannot be read back.</source>
        <translation>La carte ne peut pas être relue.</translation>
    </message>
    <message>
        <source>The map was not stored as it was written.</source>
        <translation>La carte n'a pas été enregistrée telle qu'elle a été écrite.</translation>
    </message>
    <message>
        <source>the same values when the file is read back</source>
        <translation>les mêmes valeurs à la relecture du fichier</translation>
    </message>
    <message>
        <source>{problem}, in the block of {width} × {height} pixels at column {col}, row {row}</source>
        <translation>{problem}, dans le bloc de {width} × {height} pixels à la colonne {col}, ligne {row}</translation>
    </message>
    <message>
        <source>Leave CREATION_OPTIONS empty. If it happens again, the disk may be damaged.</source>
        <translation>Laissez CREATION_OPTIONS vide. Si cela se reproduit, le disque est peut-être endommagé.</translation>
    </message>
    <message>
        <source>The map cannot be written to the end.</source>
        <translation>La carte ne peut pas être écrite jusqu'au bout.</translation>
    </message>
    <message>
        <source>output type</source>
        <translation>type de sortie</translation>
    </message>
    <message>
        <source>mode</source>
        <translation>mode</translation>
    </message>
    <message>
        <source>treatment of edges</source>
        <translation>traitement des bords</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>mémoire</translation>
    </message>
    <message>
        <source>number of orientations (TTA)</source>
        <translation>nombre d'orientations (TTA)</translation>
    </message>
    <message>
        <source>minimum area</source>
        <translation>surface minimale</translation>
    </message>
    <message>
        <source>Only a map of classes has areas with a minimum size.</source>
        <translation>Seule une carte de classes a des zones d'une taille minimale.</translation>
    </message>
    <message>
        <source>the output 'classes' of a model of classes</source>
        <translation>la sortie 'classes' d'un modèle de classes</translation>
    </message>
    <message>
        <source>a raster of {names}, MINIMUM_AREA = {minimum}</source>
        <translation>un raster de {names}, MINIMUM_AREA = {minimum}</translation>
    </message>
    <message>
        <source>Leave MINIMUM_AREA at 0, or choose the output 'classes'.</source>
        <translation>Laissez MINIMUM_AREA à 0, ou choisissez la sortie 'classes'.</translation>
    </message>
    <message>
        <source>Small areas of classes with such large values cannot be removed.</source>
        <translation>Les petites zones de classes aux valeurs si grandes ne peuvent pas être supprimées.</translation>
    </message>
    <message>
        <source>class values and a no-data value up to {max}</source>
        <translation>des valeurs de classes et une valeur nodata d'au plus {max}</translation>
    </message>
    <message>
        <source>Leave MINIMUM_AREA at 0.</source>
        <translation>Laissez MINIMUM_AREA à 0.</translation>
    </message>
    <message>
        <source>Removing areas smaller than {minimum} pixels</source>
        <translation>Suppression des zones de moins de {minimum} pixels</translation>
    </message>
    <message>
        <source>A network that is applied patch by patch gives one pixel for each patch.</source>
        <translation>Un réseau appliqué imagette par imagette donne un pixel par imagette.</translation>
    </message>
    <message>
        <source>EFIELD = 1 and CROP = 0, or 0 for automatic</source>
        <translation>EFIELD = 1 et CROP = 0, ou 0 pour automatique</translation>
    </message>
    <message>
        <source>EFIELD = {efield}, CROP = {crop}</source>
        <translation>EFIELD = {efield}, CROP = {crop}</translation>
    </message>
    <message>
        <source>Patches cannot lie closer to each other than the pixels of the image.</source>
        <translation>Les imagettes ne peuvent pas être plus proches les unes des autres que les pixels de l'image.</translation>
    </message>
    <message>
        <source>a whole number as SCALE</source>
        <translation>un nombre entier pour SCALE</translation>
    </message>
    <message>
        <source>Patches of {size} × {size} pixels, {step} pixels apart: one pixel of the map for each.</source>
        <translation>Imagettes de {size} × {size} pixels, espacées de {step} pixels : un pixel de la carte pour chacune.</translation>
    </message>
    <message>
        <source>These models cannot be averaged: they take patches of different sizes.</source>
        <translation>La moyenne de ces modèles est impossible : ils prennent des imagettes de tailles différentes.</translation>
    </message>
    <message>
        <source>{earlier} patches of {size} × {size} pixels at a time</source>
        <translation>{earlier} imagettes de {size} × {size} pixels à la fois</translation>
    </message>
    <message>
        <source>blocks of {rfield} × {rfield} pixels</source>
        <translation>des blocs de {rfield} × {rfield} pixels</translation>
    </message>
    <message>
        <source>Receptive field {rfield}, expression field {efield}, crop {crop} pixels: {count} blocks.</source>
        <translation>Champ récepteur {rfield}, champ d'expression {efield}, rognage {crop} pixels : {count} blocs.</translation>
    </message>
    <message>
        <source>The network takes blocks of one size.</source>
        <translation>Le réseau prend des blocs d'une seule taille.</translation>
    </message>
    <message>
        <source>Leave RFIELD and EFIELD at 0, or choose sources of the resolution that it was made for.</source>
        <translation>Laissez RFIELD et EFIELD à 0, ou choisissez des sources de la résolution pour laquelle il est fait.</translation>
    </message>
    <message>
        <source>Finding the fields of the network</source>
        <translation>Recherche des champs du réseau</translation>
    </message>
    <message>
        <source>The fields of this network are unknown, and none are given.</source>
        <translation>Les champs de ce réseau sont inconnus, et aucun n'est indiqué.</translation>
    </message>
    <message>
        <source>RFIELD, EFIELD and CROP: how much is read for a block, and how much of it is kept</source>
        <translation>RFIELD, EFIELD et CROP : ce qui est lu pour un bloc, et ce qui en est gardé</translation>
    </message>
    <message>
        <source>Give them; or choose the mode 'patch-based' if the network gives one answer for a patch.</source>
        <translation>Indiquez-les ; ou choisissez le mode 'patch-based' si le réseau donne une réponse par imagette.</translation>
    </message>
    <message>
        <source>The fields that you gave are used as they are: the map may have seams. {problem}</source>
        <translation>Les champs que vous avez indiqués sont utilisés tels quels : la carte peut avoir des raccords visibles. {problem}</translation>
    </message>
    <message>
        <source>This scale is not that of the network.</source>
        <translation>Ce facteur d'échelle n'est pas celui du réseau.</translation>
    </message>
    <message>
        <source>SCALE = {scale}, or 0 for automatic</source>
        <translation>SCALE = {scale}, ou 0 pour automatique</translation>
    </message>
    <message>
        <source>Blocks join without seams: total stride {total_stride}, valid margin {valid_margin}.</source>
        <translation>Les blocs se raccordent sans couture : pas total {total_stride}, marge valide {valid_margin}.</translation>
    </message>
    <message>
        <source>There is too little memory to resume the earlier run.</source>
        <translation>Il y a trop peu de mémoire pour reprendre l'exécution antérieure.</translation>
    </message>
    <message>
        <source>MEMORY = {minimum} or more</source>
        <translation>MEMORY = {minimum} ou plus</translation>
    </message>
    <message>
        <source>as much MEMORY as in the earlier run</source>
        <translation>autant de MEMORY que pour l'exécution antérieure</translation>
    </message>
    <message>
        <source>MEMORY = {memory}, for {purpose}</source>
        <translation>MEMORY = {memory}, pour {purpose}</translation>
    </message>
    <message>
        <source>Give more, or delete the hidden folder of finished blocks beside the map to start anew.</source>
        <translation>Indiquez-en plus, ou supprimez le dossier caché des blocs terminés à côté de la carte pour tout recommencer.</translation>
    </message>
    <message>
        <source>an answer</source>
        <translation>une réponse</translation>
    </message>
    <message>
        <source>an image</source>
        <translation>une image</translation>
    </message>
    <message>
        <source>These models cannot be averaged: some give one answer for a patch, others an image.</source>
        <translation>La moyenne de ces modèles est impossible : certains donnent une réponse par imagette, d'autres une image.</translation>
    </message>
    <message>
        <source>models of one kind</source>
        <translation>des modèles d'un même type</translation>
    </message>
    <message>
        <source>Invalid scale.</source>
        <translation>Facteur d'échelle incorrect.</translation>
    </message>
    <message>
        <source>a whole number, or 1 divided by one up to {maximum}, such as 0.5 or 0.25</source>
        <translation>un nombre entier, ou 1 divisé par un nombre entier d'au plus {maximum}, par exemple 0.5 ou 0.25</translation>
    </message>
    <message>
        <source>Invalid user input.</source>
        <translation>Entrée de l'utilisateur incorrecte.</translation>
    </message>
    <message>
        <source>name=value, such as k=2.5</source>
        <translation>nom=valeur, par exemple k=2.5</translation>
    </message>
    <message>
        <source>The user inputs are not those of the model.</source>
        <translation>Les entrées de l'utilisateur ne sont pas celles du modèle.</translation>
    </message>
    <message>
        <source>Give one value for each in USER_INPUTS.</source>
        <translation>Indiquez une valeur pour chacune dans USER_INPUTS.</translation>
    </message>
    <message>
        <source>Invalid value of the user input {name}.</source>
        <translation>Valeur incorrecte de l'entrée {name} de l'utilisateur.</translation>
    </message>
    <message>
        <source>{dtype} {shape_text}, such as 2, 2.5, true or (1.2, 4)</source>
        <translation>{dtype} {shape_text}, par exemple 2, 2.5, true ou (1.2, 4)</translation>
    </message>
    <message>
        <source>the parameters are no object</source>
        <translation>les paramètres ne sont pas un objet</translation>
    </message>
    <message>
        <source>This is not a GeoDL job.</source>
        <translation>Ceci n'est pas une tâche de GeoDL.</translation>
    </message>
    <message>
        <source>JSON such as {example}, job one of {jobs}</source>
        <translation>du JSON tel que {example}, tâche parmi {jobs}</translation>
    </message>
    <message>
        <source>Invalid parameters of the job {name}.</source>
        <translation>Paramètres de la tâche {name} incorrects.</translation>
    </message>
    <message>
        <source>unknown: {unknown}; missing: {missing}</source>
        <translation>inconnus : {unknown} ; manquants : {missing}</translation>
    </message>
    <message>
        <source>Invalid parameter {parameter} of the job {name}.</source>
        <translation>Paramètre {parameter} de la tâche {name} incorrect.</translation>
    </message>
    <message>
        <source>a value of type {kind}</source>
        <translation>une valeur de type {kind}</translation>
    </message>
    <message>
        <source>It was written by GeoDL {written_by}, and this is {version}: use the same version.</source>
        <translation>Elle a été écrite par GeoDL {written_by}, et ceci est {version} : utilisez la même version.</translation>
    </message>
    <message>
        <source>Two jobs make the same output.</source>
        <translation>Deux tâches produisent la même sortie.</translation>
    </message>
    <message>
        <source>{output}, by {maker} and {name}</source>
        <translation>{output}, par {maker} et {name}</translation>
    </message>
    <message>
        <source>The job {name} reads what {maker} makes.</source>
        <translation>La tâche {name} lit ce que produit {maker}.</translation>
    </message>
    <message>
        <source>jobs that do not depend on each other</source>
        <translation>des tâches indépendantes les unes des autres</translation>
    </message>
    <message>
        <source>Run {name} afterwards, by a command of its own.</source>
        <translation>Exécutez {name} ensuite, par une commande à part.</translation>
    </message>
    <message>
        <source>This job is not done for many images.</source>
        <translation>Cette tâche ne se fait pas pour de nombreuses images.</translation>
    </message>
    <message>
        <source>Run the algorithm Set up the environment (geodl:setupenvironment) once.</source>
        <translation>Exécutez une fois l'algorithme Installer l'environnement (geodl:setupenvironment).</translation>
    </message>
    <message>
        <source>Environment checked</source>
        <translation>Environnement vérifié</translation>
    </message>
    <message>
        <source>The Python {interpreter} cannot be used: {problem}</source>
        <translation>Le Python {interpreter} ne peut pas être utilisé : {problem}</translation>
    </message>
    <message>
        <source>The Python {interpreter} cannot be started.</source>
        <translation>Le Python {interpreter} ne peut pas être démarré.</translation>
    </message>
    <message>
        <source>The trial does not get on: a step has taken {duration}.</source>
        <translation>L'essai n'avance pas : une étape dure depuis {duration}.</translation>
    </message>
    <message>
        <source>Let the antivirus program leave out the environment's folder, then run this again.</source>
        <translation>Faites exclure le dossier de l'environnement par l'antivirus, puis relancez.</translation>
    </message>
    <message>
        <source>{remedy} The diagnosis, to be copied into an issue, is {page}.</source>
        <translation>{remedy} Le diagnostic, à copier dans un signalement, est {page}.</translation>
    </message>
    <message>
        <source>Classes of {labels}</source>
        <translation>Classes de {labels}</translation>
    </message>
    <message>
        <source>There is no confusion matrix of values.</source>
        <translation>Il n'y a pas de matrice de confusion pour des valeurs.</translation>
    </message>
    <message>
        <source>a map of classes, or no MATRIX</source>
        <translation>une carte de classes, ou pas de MATRIX</translation>
    </message>
    <message>
        <source>the map {map_name}, which holds values</source>
        <translation>la carte {map_name}, qui contient des valeurs</translation>
    </message>
    <message>
        <source>Continuous values have no confusion matrix.</source>
        <translation>Des valeurs continues n'ont pas de matrice de confusion.</translation>
    </message>
    <message>
        <source>Leave the confusion matrix (CONFUSION) out.</source>
        <translation>Renoncez à la matrice de confusion (CONFUSION).</translation>
    </message>
    <message>
        <source>Evaluated on {samples} patches</source>
        <translation>Évalué sur {samples} imagettes</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Écriture du rapport</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>mesuré</translation>
    </message>
    <message>
        <source>from its layers</source>
        <translation>d'après ses couches</translation>
    </message>
    <message>
        <source>Output {name}: total stride {total_stride}, valid margin {valid_margin}, receptive field {size} pixels ({way}).</source>
        <translation>Sortie {name} : pas total {total_stride}, marge valide {valid_margin}, champ récepteur {size} pixels ({way}).</translation>
    </message>
    <message>
        <source>Recommended: {values}.</source>
        <translation>Recommandé : {values}.</translation>
    </message>
    <message>
        <source>The job file is an output of the job, which would replace it.</source>
        <translation>Le fichier de tâche est une sortie de la tâche, qui le remplacerait.</translation>
    </message>
    <message>
        <source>The job file {file} cannot be read.</source>
        <translation>Le fichier de tâche {file} ne peut pas être lu.</translation>
    </message>
    <message>
        <source>Environment: {folder}, build: {build}, from {base_python}</source>
        <translation>Environnement : {folder}, variante : {build}, à partir de {base_python}</translation>
    </message>
    <message>
        <source>The environment {folder} was there already and works: TensorFlow {tensorflow}, Keras {keras}.</source>
        <translation>L'environnement {folder} existait déjà et fonctionne : TensorFlow {tensorflow}, Keras {keras}.</translation>
    </message>
    <message>
        <source>The environment {folder} is ready: TensorFlow {tensorflow}, Keras {keras}.</source>
        <translation>L'environnement {folder} est prêt : TensorFlow {tensorflow}, Keras {keras}.</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>Essayé</translation>
    </message>
    <message>
        <source>{self} is not a class with an integer as value, a name and a colour #rrggbb</source>
        <translation>{self} n'est pas une classe avec une valeur entière, un nom et une couleur #rrggbb</translation>
    </message>
    <message>
        <source>There are too many classes.</source>
        <translation>Il y a trop de classes.</translation>
    </message>
    <message>
        <source>at most {maximum}</source>
        <translation>au plus {maximum}</translation>
    </message>
    <message>
        <source>Two classes have the same value.</source>
        <translation>Deux classes ont la même valeur.</translation>
    </message>
    <message>
        <source>A class has a name that consists of blanks.</source>
        <translation>Une classe a un nom qui ne contient que des blancs.</translation>
    </message>
    <message>
        <source>names that can be read</source>
        <translation>des noms lisibles</translation>
    </message>
    <message>
        <source>Name the class, or empty the class field where there is none.</source>
        <translation>Nommez la classe, ou videz le champ de classe là où il n'y en a pas.</translation>
    </message>
    <message>
        <source>Invalid class values for a class map.</source>
        <translation>Valeurs de classes incorrectes pour une carte de classes.</translation>
    </message>
    <message>
        <source>integers of 32 bits, and one of them free for no-data</source>
        <translation>des entiers de 32 bits, dont un reste libre pour nodata</translation>
    </message>
    <message>
        <source>Choose a class field with smaller values, or one with names.</source>
        <translation>Choisissez un champ de classe avec des valeurs plus petites, ou avec des noms.</translation>
    </message>
    <message>
        <source>Invalid colour of a class.</source>
        <translation>Couleur de classe incorrecte.</translation>
    </message>
    <message>
        <source>such as forest=#1e7b34</source>
        <translation>par exemple forest=#1e7b34</translation>
    </message>
    <message>
        <source>The field {split_field} of the layer {name} has a value that is not a split.</source>
        <translation>Le champ {split_field} de la couche {name} a une valeur qui n'est pas une partition.</translation>
    </message>
    <message>
        <source>{count} features of {name} are left out: they have no geometry or no class, or cannot be transformed to the raster's CRS.</source>
        <translation>{count} entités de {name} sont laissées de côté : elles n'ont pas de géométrie ou pas de classe, ou ne peuvent pas être transformées dans le SCR du raster.</translation>
    </message>
    <message>
        <source>{count} features of {name} have no value of {split_field} and are left out.</source>
        <translation>{count} entités de {name} n'ont pas de valeur de {split_field} et sont laissées de côté.</translation>
    </message>
    <message>
        <source>{count} geometries of {name} were invalid and have been repaired.</source>
        <translation>{count} géométries de {name} étaient invalides et ont été réparées.</translation>
    </message>
    <message>
        <source>{extent} (in {crs})</source>
        <translation>{extent} (en {crs})</translation>
    </message>
    <message>
        <source>CLASS_FIELD, a field of numbers, such as {fields}</source>
        <translation>CLASS_FIELD, un champ de nombres, par exemple {fields}</translation>
    </message>
    <message>
        <source>CLASS_FIELD, a field of numbers</source>
        <translation>CLASS_FIELD, un champ de nombres</translation>
    </message>
    <message>
        <source>The field {field} of the layer {name} holds no values to compare a map of values with.</source>
        <translation>Le champ {field} de la couche {name} ne contient pas de valeurs auxquelles comparer une carte de valeurs.</translation>
    </message>
    <message>
        <source>no such field</source>
        <translation>aucun champ de ce nom</translation>
    </message>
    <message>
        <source>x {x_min:.9g} to {x_max:.9g}, y {y_min:.9g} to {y_max:.9g}</source>
        <translation>x de {x_min:.9g} à {x_max:.9g}, y de {y_min:.9g} à {y_max:.9g}</translation>
    </message>
    <message>
        <source>The layer {name} and the raster do not overlap.</source>
        <translation>La couche {name} et le raster ne se recouvrent pas.</translation>
    </message>
    <message>
        <source>features within {extent} (in the raster's CRS, {crs})</source>
        <translation>des entités dans {extent} (dans le SCR du raster, {crs})</translation>
    </message>
    <message>
        <source>no usable feature</source>
        <translation>aucune entité utilisable</translation>
    </message>
    <message>
        <source>Check the layer's CRS and the choice of raster.</source>
        <translation>Vérifiez le SCR de la couche et le choix du raster.</translation>
    </message>
    <message>
        <source>All features cannot be of one class and have a class field.</source>
        <translation>Les entités ne peuvent pas toutes être d'une même classe et avoir un champ de classe.</translation>
    </message>
    <message>
        <source>either CLASS_FIELD or ONE_CLASS</source>
        <translation>soit CLASS_FIELD, soit ONE_CLASS</translation>
    </message>
    <message>
        <source>ONE_CLASS, and the field {class_field}</source>
        <translation>ONE_CLASS, et le champ {class_field}</translation>
    </message>
    <message>
        <source>Choose that field.</source>
        <translation>Choisissez ce champ.</translation>
    </message>
    <message>
        <source>Choose that field, or ONE_CLASS if all features are of one class.</source>
        <translation>Choisissez ce champ, ou ONE_CLASS si toutes les entités sont d'une même classe.</translation>
    </message>
    <message>
        <source>The raster {path} cannot give class labels.</source>
        <translation>Le raster {path} ne peut pas donner d'étiquettes de classes.</translation>
    </message>
    <message>
        <source>one band of integers</source>
        <translation>une bande d'entiers</translation>
    </message>
    <message>
        <source>{bands} bands of {name}</source>
        <translation>{bands} bandes de {name}</translation>
    </message>
    <message>
        <source>The attribute table or the category names of {path} have values that its type, {type}, cannot hold: {values}. They are left out.</source>
        <translation>La table d'attributs ou les noms de catégories de {path} ont des valeurs que son type, {type}, ne peut pas contenir : {values}. Elles sont laissées de côté.</translation>
    </message>
    <message>
        <source>The raster {path} has too many classes.</source>
        <translation>Le raster {path} a trop de classes.</translation>
    </message>
    <message>
        <source>The raster {path} has no class within the image.</source>
        <translation>Le raster {path} n'a aucune classe dans l'image.</translation>
    </message>
    <message>
        <source>pixels with a class value, rather than no-data</source>
        <translation>des pixels avec une valeur de classe, plutôt que nodata</translation>
    </message>
    <message>
        <source>The raster {path} does not cover the image and has no no-data value.</source>
        <translation>Le raster {path} ne couvre pas l'image et n'a pas de valeur nodata.</translation>
    </message>
    <message>
        <source>a no-data value, for the pixels that have no label</source>
        <translation>une valeur nodata, pour les pixels sans étiquette</translation>
    </message>
    <message>
        <source>Set one with Translate (convert format).</source>
        <translation>Définissez-en une avec Convertir.</translation>
    </message>
    <message>
        <source>The raster {path} cannot give labels of continuous values.</source>
        <translation>Le raster {path} ne peut pas donner d'étiquettes de valeurs continues.</translation>
    </message>
    <message>
        <source>one band of real numbers</source>
        <translation>une bande de nombres réels</translation>
    </message>
    <message>
        <source>Labels must come from one layer.</source>
        <translation>Les étiquettes doivent venir d'une seule couche.</translation>
    </message>
    <message>
        <source>either labelled features or a label raster</source>
        <translation>soit des entités étiquetées, soit un raster d'étiquettes</translation>
    </message>
    <message>
        <source>square blocks of the image belong to a split, and patches of different splits lie apart</source>
        <translation>des blocs carrés de l'image appartiennent à une partition, et les imagettes de partitions différentes sont éloignées les unes des autres</translation>
    </message>
    <message>
        <source>whole polygons, lines or points belong to a split; large ones that are alone in their class are cut</source>
        <translation>des polygones, lignes ou points entiers appartiennent à une partition ; les grands, s'ils sont seuls de leur classe, sont coupés</translation>
    </message>
    <message>
        <source>all labels are for training</source>
        <translation>toutes les étiquettes servent à l'apprentissage</translation>
    </message>
    <message>
        <source>each position belongs to a split at random</source>
        <translation>chaque position appartient à une partition au hasard</translation>
    </message>
    <message>
        <source>the squares of a chessboard belong to a split</source>
        <translation>les cases d'un damier appartiennent à une partition</translation>
    </message>
    <message>
        <source>a field of the layer says the split of each feature</source>
        <translation>un champ de la couche dit la partition de chaque entité</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} et {last}</translation>
    </message>
    <message>
        <source>{names} or {last}</source>
        <translation>{names} ou {last}</translation>
    </message>
    <message>
        <source>architecture</source>
        <translation>architecture</translation>
    </message>
    <message>
        <source>backbone</source>
        <translation>réseau de base (backbone)</translation>
    </message>
    <message>
        <source>Invalid depth for the backbone {name}.</source>
        <translation>Profondeur incorrecte pour le réseau de base {name}.</translation>
    </message>
    <message>
        <source>depth = {depth}</source>
        <translation>profondeur = {depth}</translation>
    </message>
    <message>
        <source>The weights of {name} cannot be loaded.</source>
        <translation>Les poids de {name} ne peuvent pas être chargés.</translation>
    </message>
    <message>
        <source>none, imagenet (needs the internet), or a file of weights of this network without its top</source>
        <translation>none, imagenet (nécessite Internet), ou un fichier de poids de ce réseau sans sa tête</translation>
    </message>
    <message>
        <source>The network {network} has no option {option}.</source>
        <translation>Le réseau {network} n'a pas d'option {option}.</translation>
    </message>
    <message>
        <source>no option</source>
        <translation>aucune option</translation>
    </message>
    <message>
        <source>{name} of the network</source>
        <translation>{name} du réseau</translation>
    </message>
    <message>
        <source>The grid of the source {name} does not nest in that of the reference.</source>
        <translation>La grille de la source {name} ne s'emboîte pas dans celle de la référence.</translation>
    </message>
    <message>
        <source>a pixel size that is a multiple of the reference's, or the reference's divided by a whole number</source>
        <translation>une taille de pixel multiple de celle de la référence, ou celle de la référence divisée par un nombre entier</translation>
    </message>
    <message>
        <source>pixel size × {ratio}</source>
        <translation>taille de pixel × {ratio}</translation>
    </message>
    <message>
        <source>Invalid depth for patches of {size} pixels.</source>
        <translation>Profondeur incorrecte pour des imagettes de {size} pixels.</translation>
    </message>
    <message>
        <source>{maximum} or less: the patch is halved so many times</source>
        <translation>{maximum} ou moins : l'imagette est divisée par deux autant de fois</translation>
    </message>
    <message>
        <source>{reason}, and this processor has units for matrices of bfloat16 (AMX)</source>
        <translation>{reason}, et ce processeur a des unités pour les matrices de bfloat16 (AMX)</translation>
    </message>
    <message>
        <source>it is not known how much this network computes</source>
        <translation>on ne sait pas combien calcule ce réseau</translation>
    </message>
    <message>
        <source>the network does only {multiply_adds:,.0f} multiply-adds per pixel</source>
        <translation>le réseau ne fait que {multiply_adds:,.0f} multiplications-additions par pixel</translation>
    </message>
    <message>
        <source>the network does {multiply_adds:,.0f} multiply-adds per pixel</source>
        <translation>le réseau fait {multiply_adds:,.0f} multiplications-additions par pixel</translation>
    </message>
    <message>
        <source>The dataset has no input {missing}.</source>
        <translation>Le jeu de données n'a pas d'entrée {missing}.</translation>
    </message>
    <message>
        <source>some of {specs}</source>
        <translation>certaines parmi {specs}</translation>
    </message>
    <message>
        <source>The model {folder} was changed after its training ({changed}): its report and model.json tell of the network as it was. If nobody changed it on purpose, take the original, or train the network again.</source>
        <translation>Le modèle {folder} a été modifié après son apprentissage ({changed}) : son rapport et model.json décrivent le réseau tel qu'il était. Si personne ne l'a modifié exprès, prenez l'original, ou entraînez le réseau de nouveau.</translation>
    </message>
    <message>
        <source>The model file {path} defines {count} networks.</source>
        <translation>Le fichier de modèle {path} définit {count} réseaux.</translation>
    </message>
    <message>
        <source>The model file {path} defines no network.</source>
        <translation>Le fichier de modèle {path} ne définit aucun réseau.</translation>
    </message>
    <message>
        <source>one class that derives from geodl_plugin.ModelBase and has the method get_outputs</source>
        <translation>une seule classe dérivée de geodl_plugin.ModelBase et dotée de la méthode get_outputs</translation>
    </message>
    <message>
        <source>Start from a copy of resources/examples/my_network.py.</source>
        <translation>Partez d'une copie de resources/examples/my_network.py.</translation>
    </message>
    <message>
        <source>The network {name} cannot be built.</source>
        <translation>Le réseau {name} ne peut pas être construit.</translation>
    </message>
    <message>
        <source>The network {name} does not name its outputs.</source>
        <translation>Le réseau {name} ne nomme pas ses sorties.</translation>
    </message>
    <message>
        <source>a dictionary that get_outputs returns, such as {example}</source>
        <translation>un dictionnaire que renvoie get_outputs, par exemple {example}</translation>
    </message>
    <message>
        <source>The network {name} has no output for the labels of the dataset.</source>
        <translation>Le réseau {name} n'a pas de sortie pour les étiquettes du jeu de données.</translation>
    </message>
    <message>
        <source>an output {predictions} of shape {shape}</source>
        <translation>une sortie {predictions} de forme {shape}</translation>
    </message>
    <message>
        <source>no output</source>
        <translation>aucune sortie</translation>
    </message>
    <message>
        <source>Take head in the constructor, and end with self.head(…) on a layer of head.outputs channels.</source>
        <translation>Prenez head dans le constructeur, et terminez par self.head(…) sur une couche de head.outputs canaux.</translation>
    </message>
    <message>
        <source>The network {name} does not run on the patches of the dataset.</source>
        <translation>Le réseau {name} ne s'exécute pas sur les imagettes du jeu de données.</translation>
    </message>
    <message>
        <source>The network {name} does not give a label for each pixel of a patch.</source>
        <translation>Le réseau {name} ne donne pas une étiquette pour chaque pixel d'une imagette.</translation>
    </message>
    <message>
        <source>{side} × {side} pixels</source>
        <translation>{side} × {side} pixels</translation>
    </message>
    <message>
        <source>Use padding 'same', or a patch size that is a multiple of what the network divides it by.</source>
        <translation>Utilisez padding 'same', ou une taille d'imagette multiple de ce par quoi le réseau la divise.</translation>
    </message>
    <message>
        <source>The network {name} cannot be saved.</source>
        <translation>Le réseau {name} ne peut pas être enregistré.</translation>
    </message>
    <message>
        <source>The network of the model file fails.</source>
        <translation>Le réseau du fichier de modèle échoue.</translation>
    </message>
    <message>
        <source>There is no such model file.</source>
        <translation>Ce fichier de modèle n'existe pas.</translation>
    </message>
    <message>
        <source>a Python file, *.py</source>
        <translation>un fichier Python, *.py</translation>
    </message>
    <message>
        <source>The model file {path} fails.</source>
        <translation>Le fichier de modèle {path} échoue.</translation>
    </message>
    <message>
        <source>line {line}: {error}</source>
        <translation>ligne {line} : {error}</translation>
    </message>
    <message>
        <source>there is no saved_model.pb</source>
        <translation>il n'y a pas de saved_model.pb</translation>
    </message>
    <message>
        <source>{folder} is not a model folder.</source>
        <translation>{folder} n'est pas un dossier de modèle.</translation>
    </message>
    <message>
        <source>a folder made by Train a network, with {file_name} and saved_model.pb</source>
        <translation>un dossier produit par Entraîner un réseau, avec {file_name} et saved_model.pb</translation>
    </message>
    <message>
        <source>fields: total_stride = {total_stride}, valid_margin = {valid_margin}, scale = {scale}</source>
        <translation>champs : total_stride = {total_stride}, valid_margin = {valid_margin}, scale = {scale}</translation>
    </message>
    <message>
        <source>input size</source>
        <translation>taille d'entrée</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Chargement du modèle</translation>
    </message>
    <message>
        <source>Finding the receptive field</source>
        <translation>Recherche du champ récepteur</translation>
    </message>
    <message>
        <source>The network has no image as input.</source>
        <translation>Le réseau n'a pas d'image en entrée.</translation>
    </message>
    <message>
        <source>an input [batch, y, x, bands]</source>
        <translation>une entrée [lot, y, x, bandes]</translation>
    </message>
    <message>
        <source>Invalid input size.</source>
        <translation>Taille d'entrée incorrecte.</translation>
    </message>
    <message>
        <source>a multiple of the network's total stride {stride}</source>
        <translation>un multiple du pas total {stride} du réseau</translation>
    </message>
    <message>
        <source>Use {size}.</source>
        <translation>Utilisez {size}.</translation>
    </message>
    <message>
        <source>This version of Keras or TensorFlow is not supported: {what} has no {name}.</source>
        <translation>Cette version de Keras ou de TensorFlow n'est pas prise en charge : {what} n'a pas de {name}.</translation>
    </message>
    <message>
        <source>the versions that Set up the environment installs</source>
        <translation>les versions qu'installe Installer l'environnement</translation>
    </message>
    <message>
        <source>Run Set up the environment again.</source>
        <translation>Exécutez de nouveau Installer l'environnement.</translation>
    </message>
    <message>
        <source>The Keras file {path} contains a Lambda layer: program code, which is not run.</source>
        <translation>Le fichier Keras {path} contient une couche Lambda : du code de programme, qui n'est pas exécuté.</translation>
    </message>
    <message>
        <source>Replace the Lambda layer by layers of Keras, or export the model as a SavedModel.</source>
        <translation>Remplacez la couche Lambda par des couches de Keras, ou exportez le modèle en SavedModel.</translation>
    </message>
    <message>
        <source>The Keras file {path} cannot be loaded.</source>
        <translation>Le fichier Keras {path} ne peut pas être chargé.</translation>
    </message>
    <message>
        <source>The Keras file {path} does not define the inputs of the network.</source>
        <translation>Le fichier Keras {path} ne définit pas les entrées du réseau.</translation>
    </message>
    <message>
        <source>a functional or sequential model with an input layer</source>
        <translation>un modèle fonctionnel ou séquentiel avec une couche d'entrée</translation>
    </message>
    <message>
        <source>Export it as a SavedModel (model.export).</source>
        <translation>Exportez-le en SavedModel (model.export).</translation>
    </message>
    <message>
        <source>The network has different strides along rows and columns.</source>
        <translation>Le réseau a des pas différents selon les lignes et les colonnes.</translation>
    </message>
    <message>
        <source>outputs with square pixels</source>
        <translation>des sorties à pixels carrés</translation>
    </message>
    <message>
        <source>strides {vertical} and {horizontal}</source>
        <translation>pas {vertical} et {horizontal}</translation>
    </message>
    <message>
        <source>an output {size} pixels too small</source>
        <translation>une sortie de {size} pixels trop petite</translation>
    </message>
    <message>
        <source>an output {size} pixels too large</source>
        <translation>une sortie de {size} pixels trop grande</translation>
    </message>
    <message>
        <source>The output of the network does not cover the area of its input.</source>
        <translation>La sortie du réseau ne couvre pas la surface de son entrée.</translation>
    </message>
    <message>
        <source>layers that pad the image by as much as they shrink it, such as those with padding 'same'</source>
        <translation>des couches qui agrandissent l'image d'autant qu'elles la réduisent, comme celles avec padding 'same'</translation>
    </message>
    <message>
        <source>The output {output} of the network is no image.</source>
        <translation>La sortie {output} du réseau n'est pas une image.</translation>
    </message>
    <message>
        <source>an output [batch, y, x, bands]</source>
        <translation>une sortie [lot, y, x, bandes]</translation>
    </message>
    <message>
        <source>shape {shape}</source>
        <translation>forme {shape}</translation>
    </message>
    <message>
        <source>a call with training=True</source>
        <translation>un appel avec training=True</translation>
    </message>
    <message>
        <source>The layer {name} joins images of different sizes.</source>
        <translation>La couche {name} réunit des images de tailles différentes.</translation>
    </message>
    <message>
        <source>inputs whose pixel sizes have the ratios that the network was made for</source>
        <translation>des entrées dont les tailles de pixel ont les rapports pour lesquels le réseau est fait</translation>
    </message>
    <message>
        <source>{size} pixels of size × {scale}</source>
        <translation>{size} pixels de taille × {scale}</translation>
    </message>
    <message>
        <source>an image whose bands come first</source>
        <translation>une image dont les bandes viennent en premier</translation>
    </message>
    <message>
        <source>depends on the whole image</source>
        <translation>dépend de l'image entière</translation>
    </message>
    <message>
        <source>gives images of one size, whatever the size of its input</source>
        <translation>donne des images d'une seule taille, quelle que soit celle de son entrée</translation>
    </message>
    <message>
        <source>has a weight for each position in the image</source>
        <translation>a un poids pour chaque position dans l'image</translation>
    </message>
    <message>
        <source>the interpolation {interpolation}</source>
        <translation>l'interpolation {interpolation}</translation>
    </message>
    <message>
        <source>The image is too small for the network.</source>
        <translation>L'image est trop petite pour le réseau.</translation>
    </message>
    <message>
        <source>a larger input</source>
        <translation>une entrée plus grande</translation>
    </message>
    <message>
        <source>{path} is not a model.</source>
        <translation>{path} n'est pas un modèle.</translation>
    </message>
    <message>
        <source>a model folder made by Train a network, a SavedModel (a folder with {file}) or a Keras file (….keras)</source>
        <translation>un dossier de modèle produit par Entraîner un réseau, un SavedModel (un dossier avec {file}) ou un fichier Keras (….keras)</translation>
    </message>
    <message>
        <source>Open it in Keras and save it as a .keras file.</source>
        <translation>Ouvrez-le dans Keras et enregistrez-le en fichier .keras.</translation>
    </message>
    <message>
        <source>The model {folder} is damaged: {file} was changed after the training.</source>
        <translation>Le modèle {folder} est endommagé : {file} a été modifié après l'apprentissage.</translation>
    </message>
    <message>
        <source>the checksum {known}</source>
        <translation>la somme de contrôle {known}</translation>
    </message>
    <message>
        <source>Copy the folder again, or train the network again.</source>
        <translation>Copiez de nouveau le dossier, ou entraînez le réseau de nouveau.</translation>
    </message>
    <message>
        <source>The model {folder} cannot be loaded.</source>
        <translation>Le modèle {folder} ne peut pas être chargé.</translation>
    </message>
    <message>
        <source>The SavedModel {folder} has no signature, which would define its inputs and outputs.</source>
        <translation>Le SavedModel {folder} n'a pas de signature, qui définirait ses entrées et ses sorties.</translation>
    </message>
    <message>
        <source>a signature, such as {signature}</source>
        <translation>une signature, par exemple {signature}</translation>
    </message>
    <message>
        <source>Save it again with model.export, or with signatures=….</source>
        <translation>Enregistrez-le de nouveau avec model.export, ou avec signatures=….</translation>
    </message>
    <message>
        <source>The inputs of the model {folder} are not those in its {file_name}.</source>
        <translation>Les entrées du modèle {folder} ne sont pas celles de son {file_name}.</translation>
    </message>
    <message>
        <source>GeoDL model folder</source>
        <translation>dossier de modèle de GeoDL</translation>
    </message>
    <message>
        <source>Keras file</source>
        <translation>fichier Keras</translation>
    </message>
    <message>
        <source>a folder with {names}</source>
        <translation>un dossier avec {names}</translation>
    </message>
    <message>
        <source>an empty folder</source>
        <translation>un dossier vide</translation>
    </message>
    <message>
        <source>a file {suffix}</source>
        <translation>un fichier {suffix}</translation>
    </message>
    <message>
        <source>nothing: there is no such file or folder</source>
        <translation>rien : ce fichier ou dossier n'existe pas</translation>
    </message>
    <message>
        <source>of unknown shape</source>
        <translation>de forme inconnue</translation>
    </message>
    <message>
        <source>any</source>
        <translation>quelconque</translation>
    </message>
    <message>
        <source>The model {path} has no output {wanted}.</source>
        <translation>Le modèle {path} n'a pas de sortie {wanted}.</translation>
    </message>
    <message>
        <source>one of {choices}</source>
        <translation>l'un de {choices}</translation>
    </message>
    <message>
        <source>The fields of this network cannot be measured: it is not fully convolutional.</source>
        <translation>Les champs de ce réseau ne peuvent pas être mesurés : il n'est pas entièrement convolutif.</translation>
    </message>
    <message>
        <source>inputs that are images of any size, and an output that is an image</source>
        <translation>des entrées qui sont des images de taille quelconque, et une sortie qui est une image</translation>
    </message>
    <message>
        <source>There is not enough memory to measure the receptive field of the network.</source>
        <translation>Il n'y a pas assez de mémoire pour mesurer le champ récepteur du réseau.</translation>
    </message>
    <message>
        <source>The total stride of this network cannot be measured: no shift of the input shifts the output.</source>
        <translation>Le pas total de ce réseau ne peut pas être mesuré : aucun décalage de l'entrée ne décale la sortie.</translation>
    </message>
    <message>
        <source>a total stride of {maximum_stride} pixels or less</source>
        <translation>un pas total de {maximum_stride} pixels ou moins</translation>
    </message>
    <message>
        <source>This network gives other values in a block than in a larger image, however far from the border.</source>
        <translation>Ce réseau donne d'autres valeurs dans un bloc que dans une image plus grande, si loin du bord que ce soit.</translation>
    </message>
    <message>
        <source>The fields of this network cannot be measured: its output does not change with its input.</source>
        <translation>Les champs de ce réseau ne peuvent pas être mesurés : sa sortie ne change pas avec son entrée.</translation>
    </message>
    <message>
        <source>The receptive field of this network is unlimited, or too large to be measured.</source>
        <translation>Le champ récepteur de ce réseau est illimité, ou trop grand pour être mesuré.</translation>
    </message>
    <message>
        <source>an output pixel that depends on pixels farther than {length} away</source>
        <translation>un pixel de sortie qui dépend de pixels distants de plus de {length}</translation>
    </message>
    <message>
        <source>The network does not run.</source>
        <translation>Le réseau ne s'exécute pas.</translation>
    </message>
    <message>
        <source>{count} pixels for {length}</source>
        <translation>{count} pixels pour {length}</translation>
    </message>
    <message>
        <source>The output of this network does not cover the area of its input.</source>
        <translation>La sortie de ce réseau ne couvre pas la surface de son entrée.</translation>
    </message>
    <message>
        <source>an output that grows with the input, with pixels n or 1/n times as large, centred on it</source>
        <translation>une sortie qui grandit avec l'entrée, aux pixels n ou 1/n fois aussi grands, centrée sur elle</translation>
    </message>
    <message>
        <source>The pixels of these images do not nest.</source>
        <translation>Les pixels de ces images ne s'emboîtent pas.</translation>
    </message>
    <message>
        <source>When you apply it, choose the receptive field, expression field and crop yourself: RFIELD, EFIELD, CROP.</source>
        <translation>Pour l'appliquer, choisissez vous-même le champ récepteur, le champ d'expression et le rognage : RFIELD, EFIELD, CROP.</translation>
    </message>
    <message>
        <source>a fully convolutional network, if it is to be applied block by block without seams</source>
        <translation>un réseau entièrement convolutif, s'il doit être appliqué bloc par bloc sans raccords visibles</translation>
    </message>
    <message>
        <source>The layer {layer} {problem}: the receptive field of the network is unlimited.</source>
        <translation>La couche {layer} {problem} : le champ récepteur du réseau est illimité.</translation>
    </message>
    <message>
        <source>The receptive field of the layer {layer} is not known.</source>
        <translation>Le champ récepteur de la couche {layer} n'est pas connu.</translation>
    </message>
    <message>
        <source>convolutions, poolings, up-sampling and layers that work pixel by pixel</source>
        <translation>des convolutions, des poolings, des suréchantillonnages et des couches qui travaillent pixel par pixel</translation>
    </message>
    <message>
        <source>A network cannot call the function {function} of TensorFlow.</source>
        <translation>Un réseau ne peut pas appeler la fonction {function} de TensorFlow.</translation>
    </message>
    <message>
        <source>a function of tensors in {modules}</source>
        <translation>une fonction de tenseurs dans {modules}</translation>
    </message>
    <message>
        <source>Use keras.ops or keras.layers instead.</source>
        <translation>Utilisez plutôt keras.ops ou keras.layers.</translation>
    </message>
    <message>
        <source>The {name} is missing.</source>
        <translation>Il manque {name}.</translation>
    </message>
    <message>
        <source>the name of the file or folder to make ({name})</source>
        <translation>le nom du fichier ou dossier à créer ({name})</translation>
    </message>
    <message>
        <source>The output {output} is an input as well, which would be lost.</source>
        <translation>La sortie {output} est aussi une entrée, qui serait perdue.</translation>
    </message>
    <message>
        <source>The output {output} holds an input as well, which would be lost.</source>
        <translation>La sortie {output} contient aussi une entrée, qui serait perdue.</translation>
    </message>
    <message>
        <source>an output that is not read, and that holds nothing that is read</source>
        <translation>une sortie qui n'est pas lue, et qui ne contient rien de ce qui est lu</translation>
    </message>
    <message>
        <source>The job names a file of a computer with Windows, or of another drive.</source>
        <translation>La tâche nomme un fichier d'un ordinateur sous Windows, ou d'un autre lecteur.</translation>
    </message>
    <message>
        <source>paths from the folder of the job file, or absolute paths on this computer</source>
        <translation>des chemins à partir du dossier du fichier de tâche, ou des chemins absolus sur cet ordinateur</translation>
    </message>
    <message>
        <source>Write the job file into the folder that holds its data, and copy that folder; or change the path.</source>
        <translation>Écrivez le fichier de tâche dans le dossier qui contient ses données, et copiez ce dossier ; ou changez le chemin.</translation>
    </message>
    <message>
        <source>Invalid CRS of {name}.</source>
        <translation>SCR incorrect pour {name}.</translation>
    </message>
    <message>
        <source>a code such as EPSG:32636, or WKT</source>
        <translation>un code tel que EPSG:32636, ou du WKT</translation>
    </message>
    <message>
        <source>The source {name} and the first source do not overlap.</source>
        <translation>La source {name} et la première source ne se recouvrent pas.</translation>
    </message>
    <message>
        <source>a raster on the ground of {grid}</source>
        <translation>un raster sur le terrain de {grid}</translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation>aucun SCR</translation>
    </message>
    <message>
        <source>Invalid extent.</source>
        <translation>Emprise incorrecte.</translation>
    </message>
    <message>
        <source>four numbers: x minimum, x maximum, y minimum, y maximum</source>
        <translation>quatre nombres : x minimum, x maximum, y minimum, y maximum</translation>
    </message>
    <message>
        <source>The extent and the image do not overlap.</source>
        <translation>L'emprise et l'image ne se recouvrent pas.</translation>
    </message>
    <message>
        <source>an extent that overlaps {left:.10g} … {right:.10g}, {bottom:.10g} … {top:.10g}</source>
        <translation>une emprise qui recouvre {left:.10g} … {right:.10g}, {bottom:.10g} … {top:.10g}</translation>
    </message>
    <message>
        <source>Check the extent and its CRS.</source>
        <translation>Vérifiez l'emprise et son SCR.</translation>
    </message>
    <message>
        <source>no-data value</source>
        <translation>valeur nodata</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>un nombre</translation>
    </message>
    <message>
        <source>The raster {path} cannot be opened.</source>
        <translation>Le raster {path} ne peut pas être ouvert.</translation>
    </message>
    <message>
        <source>a raster file that GDAL reads</source>
        <translation>un fichier raster que GDAL sait lire</translation>
    </message>
    <message>
        <source>The raster {path} cannot be used.</source>
        <translation>Le raster {path} ne peut pas être utilisé.</translation>
    </message>
    <message>
        <source>real numbers: {names}</source>
        <translation>des nombres réels : {names}</translation>
    </message>
    <message>
        <source>{width} × {height} pixels of {dx:.9g} × {dy:.9g}</source>
        <translation>{width} × {height} pixels de {dx:.9g} × {dy:.9g}</translation>
    </message>
    <message>
        <source>{size} from ({x:.10g}, {y:.10g}), {crs}</source>
        <translation>{size} à partir de ({x:.10g}, {y:.10g}), {crs}</translation>
    </message>
    <message>
        <source>Byte, UInt16, Int16, UInt32, Int32, Float32 or Float64</source>
        <translation>Byte, UInt16, Int16, UInt32, Int32, Float32 ou Float64</translation>
    </message>
    <message>
        <source>The source {name} has no raster.</source>
        <translation>La source {name} n'a pas de raster.</translation>
    </message>
    <message>
        <source>Choose at least one raster.</source>
        <translation>Choisissez au moins un raster.</translation>
    </message>
    <message>
        <source>The rasters of the source {name} are not on one grid.</source>
        <translation>Les rasters de la source {name} ne sont pas sur une même grille.</translation>
    </message>
    <message>
        <source>{grid}, as {path}</source>
        <translation>{grid}, comme {path}</translation>
    </message>
    <message>
        <source>Bring them to one grid first, with Warp (reproject).</source>
        <translation>Mettez-les d'abord sur une même grille, avec Projection (warp).</translation>
    </message>
    <message>
        <source>The raster {path} cannot be read.</source>
        <translation>Le raster {path} ne peut pas être lu.</translation>
    </message>
    <message>
        <source>The file may be cut off or damaged: make it anew.</source>
        <translation>Le fichier est peut-être tronqué ou endommagé : refaites-le.</translation>
    </message>
    <message>
        <source>{paths} cannot be resampled to the first source, which is rotated or south-up.</source>
        <translation>{paths} ne peut pas être rééchantillonné sur la première source, qui est tournée ou orientée au sud.</translation>
    </message>
    <message>
        <source>Warp both to one north-up grid first.</source>
        <translation>Projetez-les d'abord tous deux (warp) sur une même grille orientée au nord.</translation>
    </message>
    <message>
        <source>The grids of the sources do not nest in each other.</source>
        <translation>Les grilles des sources ne s'emboîtent pas les unes dans les autres.</translation>
    </message>
    <message>
        <source>coarse pixels whose edges meet, so that patches can cover the same ground in every source</source>
        <translation>des pixels grossiers dont les bords coïncident, pour que les imagettes couvrent le même terrain dans chaque source</translation>
    </message>
    <message>
        <source>Choose to resample (RESAMPLE), or bring the sources to one grid first, with Warp (reproject).</source>
        <translation>Choisissez de rééchantillonner (RESAMPLE), ou mettez d'abord les sources sur une même grille, avec Projection (warp).</translation>
    </message>
    <message>
        <source>Invalid patch size for the source {name}.</source>
        <translation>Taille d'imagette incorrecte pour la source {name}.</translation>
    </message>
    <message>
        <source>a multiple of {times}, since its pixels are {times} times as large as those of the first source</source>
        <translation>un multiple de {times}, car ses pixels sont {times} fois plus grands que ceux de la première source</translation>
    </message>
    <message>
        <source>The pixels of the source {source} do not nest in those of {reference}.</source>
        <translation>Les pixels de la source {source} ne s'emboîtent pas dans ceux de {reference}.</translation>
    </message>
    <message>
        <source>pixels a whole number of times as large or as small as those of {name}, with common edges, in the same CRS: {grid}</source>
        <translation>des pixels un nombre entier de fois plus grands ou plus petits que ceux de {name}, avec des bords communs, dans le même SCR : {grid}</translation>
    </message>
    <message>
        <source>Choose to resample (RESAMPLE), or bring both to one grid first, with Warp (reproject).</source>
        <translation>Choisissez de rééchantillonner (RESAMPLE), ou mettez-les d'abord tous deux sur une même grille, avec Projection (warp).</translation>
    </message>
    <message>
        <source>{value} (interval unknown)</source>
        <translation>{value} (intervalle inconnu)</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>After the training, the scores of the classes were divided by the temperature {temperature:.2f}, which fits the labels of {patches} validation patches best: it makes the probabilities more confident. The most probable class stays the same.</source>
        <translation>Après l'apprentissage, les scores des classes ont été divisés par la température {temperature:.2f}, celle qui s'ajuste le mieux aux étiquettes de {patches} imagettes de validation : elle rend les probabilités plus affirmées. La classe la plus probable reste la même.</translation>
    </message>
    <message>
        <source>After the training, the scores of the classes were divided by the temperature {temperature:.2f}, which fits the labels of {patches} validation patches best: it makes the probabilities more cautious. The most probable class stays the same.</source>
        <translation>Après l'apprentissage, les scores des classes ont été divisés par la température {temperature:.2f}, celle qui s'ajuste le mieux aux étiquettes de {patches} imagettes de validation : elle rend les probabilités plus prudentes. La classe la plus probable reste la même.</translation>
    </message>
    <message>
        <source>In the folder {name}.</source>
        <translation>Dans le dossier {name}.</translation>
    </message>
    <message>
        <source>share of the labelled pixels in the patches (%)</source>
        <translation>part des pixels étiquetés dans les imagettes (%)</translation>
    </message>
    <message>
        <source>{band}, {share:.1f} % no data</source>
        <translation>{band}, {share:.1f} % sans données</translation>
    </message>
    <message>
        <source>share of the labels (%)</source>
        <translation>part des étiquettes (%)</translation>
    </message>
    <message>
        <source>{label_class}: in none of these patches</source>
        <translation>{label_class} : dans aucune de ces imagettes</translation>
    </message>
    <message>
        <source>{values}; grey: unlabelled</source>
        <translation>{values} ; gris : non étiqueté</translation>
    </message>
    <message>
        <source>Diagnosis of the environment</source>
        <translation>Diagnostic de l'environnement</translation>
    </message>
    <message>
        <source>Patches that overlap one that is shown are left out. Images show the red, green and blue bands, or the first ones, stretched from the 2nd to the 98th percentile of these patches.</source>
        <translation>Les imagettes qui recouvrent une imagette déjà montrée sont omises. Les images montrent les bandes rouge, verte et bleue, ou les premières, étirées du 2e au 98e centile de ces imagettes.</translation>
    </message>
    <message>
        <source>Evaluation of {architecture} on the split {split}</source>
        <translation>Évaluation de {architecture} sur la partition {split}</translation>
    </message>
    <message>
        <source>Model {model}, dataset {dataset}: {title}</source>
        <translation>Modèle {model}, jeu de données {dataset} : {title}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architecture</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>Meilleure époque</translation>
    </message>
    <message>
        <source>Trained with: {parameter}</source>
        <translation>Entraîné avec : {parameter}</translation>
    </message>
    <message>
        <source>{share:.1f} % of {pixels} labelled pixels correct, confidence {confidence:.2f}</source>
        <translation>{share:.1f} % de {pixels} pixels étiquetés corrects, confiance {confidence:.2f}</translation>
    </message>
    <message>
        <source>no label or no data</source>
        <translation>sans étiquette ou sans données</translation>
    </message>
    <message>
        <source>image</source>
        <translation>image</translation>
    </message>
    <message>
        <source>label</source>
        <translation>étiquette</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>prédiction</translation>
    </message>
    <message>
        <source>Ranked by the share of labelled pixels that are correct.</source>
        <translation>Classement selon la part des pixels étiquetés qui sont corrects.</translation>
    </message>
    <message>
        <source>RMSE {error:.3g} over {pixels} labelled pixels</source>
        <translation>RMSE {error:.3g} sur {pixels} pixels étiquetés</translation>
    </message>
    <message>
        <source>error</source>
        <translation>erreur</translation>
    </message>
    <message>
        <source>Ranked by their root mean square error.</source>
        <translation>Classement selon l'erreur quadratique moyenne.</translation>
    </message>
    <message>
        <source>{pixels} in {count} polygon</source>
        <translation>{pixels} dans {count} polygone</translation>
    </message>
    <message>
        <source>{pixels} in {count} polygons</source>
        <translation>{pixels} dans {count} polygones</translation>
    </message>
    <message>
        <source>{pixels} in {count} feature</source>
        <translation>{pixels} dans {count} entité</translation>
    </message>
    <message>
        <source>{pixels} in {count} features</source>
        <translation>{pixels} dans {count} entités</translation>
    </message>
    <message>
        <source>{summary}: its probabilities are reliable.</source>
        <translation>{summary} : ses probabilités sont fiables.</translation>
    </message>
    <message>
        <source>{summary}: the two agree on average, but not at every confidence.</source>
        <translation>{summary} : les deux concordent en moyenne, mais pas à chaque niveau de confiance.</translation>
    </message>
    <message>
        <source>{summary}: it is overconfident, less often correct than its probabilities say.</source>
        <translation>{summary} : il est trop sûr de lui, moins souvent correct que ses probabilités ne le disent.</translation>
    </message>
    <message>
        <source>{summary}: it is underconfident, more often correct than its probabilities say.</source>
        <translation>{summary} : il n'est pas assez sûr de lui, plus souvent correct que ses probabilités ne le disent.</translation>
    </message>
    <message>
        <source>The network is correct in {accuracy:.1f} % of the pixels, and gives the class that it chooses a probability of {confidence:.1f} % on average</source>
        <translation>Le réseau est correct pour {accuracy:.1f} % des pixels, et donne à la classe qu'il choisit une probabilité de {confidence:.1f} % en moyenne</translation>
    </message>
    <message>
        <source>share of correct pixels</source>
        <translation>part de pixels corrects</translation>
    </message>
    <message>
        <source>overconfident</source>
        <translation>trop sûr de lui</translation>
    </message>
    <message>
        <source>underconfident</source>
        <translation>pas assez sûr de lui</translation>
    </message>
    <message>
        <source>too few pixels to tell</source>
        <translation>trop peu de pixels pour juger</translation>
    </message>
    <message>
        <source>{unit} (%)</source>
        <translation>{unit} (%)</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>pixels</translation>
    </message>
    <message>
        <source>{values}: true</source>
        <translation>{values} : vérité terrain</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>prédiction</translation>
    </message>
    <message>
        <source>bias {bias}</source>
        <translation>biais {bias}</translation>
    </message>
    <message>
        <source>error of {values}: predicted − true</source>
        <translation>erreur de {values} : prédiction − vérité</translation>
    </message>
    <message>
        <source>from polygons</source>
        <translation>issues de polygones</translation>
    </message>
    <message>
        <source>from a raster</source>
        <translation>issues d'un raster</translation>
    </message>
    <message>
        <source>from patches images</source>
        <translation>issues d'images d'imagettes</translation>
    </message>
    <message>
        <source>from a raster of continuous values</source>
        <translation>issues d'un raster de valeurs continues</translation>
    </message>
    <message>
        <source>of several scenes, made in different ways</source>
        <translation>de plusieurs scènes, produites de façons différentes</translation>
    </message>
    <message>
        <source>Label layer</source>
        <translation>Couche des étiquettes</translation>
    </message>
    <message>
        <source>Label raster</source>
        <translation>Raster d'étiquettes</translation>
    </message>
    <message>
        <source>Other grids resampled</source>
        <translation>Autres grilles rééchantillonnées</translation>
    </message>
    <message>
        <source>Patches in a file</source>
        <translation>Imagettes par fichier</translation>
    </message>
    <message>
        <source>Only full files</source>
        <translation>Fichiers complets seulement</translation>
    </message>
    <message>
        <source>Patches at the border</source>
        <translation>Imagettes au bord</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>Augmentation de données</translation>
    </message>
    <message>
        <source>Cropped outputs (pixels)</source>
        <translation>Sorties rognées (pixels)</translation>
    </message>
    <message>
        <source>Comparison with single pixels</source>
        <translation>Comparaison avec les pixels isolés</translation>
    </message>
    <message>
        <source>Resumable</source>
        <translation>Peut être repris</translation>
    </message>
    <message>
        <source>Best epoch kept when cancelled</source>
        <translation>Meilleure époque gardée en cas d'annulation</translation>
    </message>
    <message>
        <source>TensorBoard logs</source>
        <translation>Journaux TensorBoard</translation>
    </message>
    <message>
        <source>Trained again with valid</source>
        <translation>Réentraîné avec valid</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>Fichier du modèle</translation>
    </message>
    <message>
        <source>Initial model</source>
        <translation>Modèle initial</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Profondeur</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Backbone (encodeur)</translation>
    </message>
    <message>
        <source>Backbone weights</source>
        <translation>Poids du backbone</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Effort</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Époques</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Taille de lot</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taux d'apprentissage</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Décroissance des poids</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Fonction de perte</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>Poids des classes</translation>
    </message>
    <message>
        <source>Given class weights</source>
        <translation>Poids des classes donnés</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Patience</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Précision numérique</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Périphérique</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine aléatoire</translation>
    </message>
    <message>
        <source>Further datasets</source>
        <translation>Autres jeux de données</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Partition</translation>
    </message>
    <message>
        <source>Valid scenes</source>
        <translation>Scènes de validation</translation>
    </message>
    <message>
        <source>Test scenes</source>
        <translation>Scènes de test</translation>
    </message>
    <message>
        <source>Weighting</source>
        <translation>Pondération</translation>
    </message>
    <message>
        <source>Unlabelled pixels</source>
        <translation>Pixels non étiquetés</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>Positions</translation>
    </message>
    <message>
        <source>Class field</source>
        <translation>Champ de classe</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Noms</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Compression</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Valid fraction</source>
        <translation>Part de validation</translation>
    </message>
    <message>
        <source>Test fraction</source>
        <translation>Part de test</translation>
    </message>
    <message>
        <source>Patches of {count} scenes</source>
        <translation>Imagettes de {count} scènes</translation>
    </message>
    <message>
        <source>Patches of {raster} and {count} more</source>
        <translation>Imagettes de {raster} et de {count} autres</translation>
    </message>
    <message>
        <source>Patches of {raster}</source>
        <translation>Imagettes de {raster}</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>Imagettes</translation>
    </message>
    <message>
        <source>unknown image</source>
        <translation>image inconnue</translation>
    </message>
    <message>
        <source>{source}: bands</source>
        <translation>{source} : bandes</translation>
    </message>
    <message>
        <source>{source}: dates</source>
        <translation>{source} : dates</translation>
    </message>
    <message>
        <source>{source}: patches</source>
        <translation>{source} : imagettes</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name} : {value}</translation>
    </message>
    <message>
        <source>{values}, {minimum:g} to {maximum:g} in the split train</source>
        <translation>{values}, de {minimum:g} à {maximum:g} dans la partition train</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Valeurs</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scènes</translation>
    </message>
    <message>
        <source>{count}, {first} to {last}</source>
        <translation>{count}, de {first} à {last}</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>Imagette</translation>
    </message>
    <message>
        <source>A small square of the image with its labels. Networks are trained and judged patch by patch.</source>
        <translation>Un petit carré de l'image avec ses étiquettes. Les réseaux sont entraînés et jugés imagette par imagette.</translation>
    </message>
    <message>
        <source>The patches that the network learns from.</source>
        <translation>Les imagettes dont le réseau apprend.</translation>
    </message>
    <message>
        <source>The patches that tell when the network is best; it does not learn from them.</source>
        <translation>Les imagettes qui disent quand le réseau est le meilleur ; il n'apprend pas d'elles.</translation>
    </message>
    <message>
        <source>The patches that neither train the network nor choose its best state: the fairest judge.</source>
        <translation>Les imagettes qui n'entraînent pas le réseau et ne choisissent pas son meilleur état : le juge le plus équitable.</translation>
    </message>
    <message>
        <source>Labelled pixel</source>
        <translation>Pixel étiqueté</translation>
    </message>
    <message>
        <source>A pixel whose class or value is known, from your polygons or raster. All others are ignored.</source>
        <translation>Un pixel dont la classe ou la valeur est connue, par vos polygones ou votre raster. Tous les autres sont ignorés.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>One input of the network: a raster, or several stacked band by band.</source>
        <translation>Une entrée du réseau : un raster, ou plusieurs empilés bande par bande.</translation>
    </message>
    <message>
        <source>The start of the random numbers: the same seed gives the same result.</source>
        <translation>Le point de départ des nombres aléatoires : la même graine donne le même résultat.</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Époque</translation>
    </message>
    <message>
        <source>One pass over all patches of train.</source>
        <translation>Un passage sur toutes les imagettes de train.</translation>
    </message>
    <message>
        <source>How wrong the network is, as the number that the training makes smaller.</source>
        <translation>À quel point le réseau se trompe : le nombre que l'apprentissage cherche à réduire.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Précision globale</translation>
    </message>
    <message>
        <source>The share of labelled pixels that get their class right.</source>
        <translation>La part des pixels étiquetés qui reçoivent la bonne classe.</translation>
    </message>
    <message>
        <source>User's accuracy</source>
        <translation>Précision utilisateur</translation>
    </message>
    <message>
        <source>Of the pixels that the map calls a class, the share that are. Also called precision.</source>
        <translation>Parmi les pixels que la carte attribue à une classe, la part de ceux qui en sont. On dit aussi précision.</translation>
    </message>
    <message>
        <source>Producer's accuracy</source>
        <translation>Précision producteur</translation>
    </message>
    <message>
        <source>Of the pixels that are a class, the share that the map finds. Also called recall.</source>
        <translation>Parmi les pixels qui sont d'une classe, la part de ceux que la carte trouve. On dit aussi rappel.</translation>
    </message>
    <message>
        <source>One figure for a class, from 0 to 1: the harmonic mean of user's and producer's accuracy.</source>
        <translation>Un seul chiffre par classe, de 0 à 1 : la moyenne harmonique des précisions utilisateur et producteur.</translation>
    </message>
    <message>
        <source>Intersection over union, from 0 to 1: the pixels that prediction and labels of a class have in common, divided by those that either has.</source>
        <translation>Intersection sur union, de 0 à 1 : les pixels communs à la prédiction et aux étiquettes d'une classe, divisés par ceux de l'une ou de l'autre.</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Matrice de confusion</translation>
    </message>
    <message>
        <source>Which class is taken for which: rows are the truth, columns what the network says.</source>
        <translation>Quelle classe est prise pour quelle autre : les lignes sont la vérité terrain, les colonnes ce que dit le réseau.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confiance</translation>
    </message>
    <message>
        <source>The probability that the network gives to the class that it chooses.</source>
        <translation>La probabilité que le réseau donne à la classe qu'il choisit.</translation>
    </message>
    <message>
        <source>Reliability</source>
        <translation>Fiabilité</translation>
    </message>
    <message>
        <source>Whether the network is right as often as its confidence says.</source>
        <translation>Si le réseau a raison aussi souvent que sa confiance le dit.</translation>
    </message>
    <message>
        <source>The share of the differences between labels that the predictions explain; 1 is all of it.</source>
        <translation>La part des différences entre étiquettes que les prédictions expliquent ; 1 : la totalité.</translation>
    </message>
    <message>
        <source>The root mean square error: a typical error, in the unit of the labels.</source>
        <translation>L'erreur quadratique moyenne : une erreur typique, dans l'unité des étiquettes.</translation>
    </message>
    <message>
        <source>Total stride</source>
        <translation>Pas total</translation>
    </message>
    <message>
        <source>Maps are made in blocks, which must start at multiples of so many pixels.</source>
        <translation>Les cartes sont faites par blocs, qui doivent commencer à des multiples de ce nombre de pixels.</translation>
    </message>
    <message>
        <source>Valid margin</source>
        <translation>Marge valide</translation>
    </message>
    <message>
        <source>So many pixels at the border of a block are not exact and are cut off.</source>
        <translation>Ce nombre de pixels au bord d'un bloc n'est pas exact et est coupé.</translation>
    </message>
    <message>
        <source>Adjusted area</source>
        <translation>Surface ajustée</translation>
    </message>
    <message>
        <source>The area of a class, corrected for the errors that the confusion matrix shows.</source>
        <translation>La surface d'une classe, corrigée des erreurs que montre la matrice de confusion.</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>somme</translation>
    </message>
    <message>
        <source>mean pooling</source>
        <translation>pooling moyen</translation>
    </message>
    <message>
        <source>concatenate</source>
        <translation>concaténation</translation>
    </message>
    <message>
        <source>global mean</source>
        <translation>moyenne globale</translation>
    </message>
    <message>
        <source>up-sampling</source>
        <translation>suréchantillonnage</translation>
    </message>
    <message>
        <source>+ {count} more</source>
        <translation>+ {count} autres</translation>
    </message>
    <message>
        <source>{count} bands</source>
        <translation>{count} bandes</translation>
    </message>
    <message>
        <source>{count} band</source>
        <translation>{count} bande</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} canaux</translation>
    </message>
    <message>
        <source>{count} channel</source>
        <translation>{count} canal</translation>
    </message>
    <message>
        <source>The layers of the network</source>
        <translation>Les couches du réseau</translation>
    </message>
    <message>
        <source>Accuracy of {map}</source>
        <translation>Précision de {map}</translation>
    </message>
    <message>
        <source>Model {name}</source>
        <translation>Modèle {name}</translation>
    </message>
    <message>
        <source>Model {architecture}: {predicted}</source>
        <translation>Modèle {architecture} : {predicted}</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>précision globale</translation>
    </message>
    <message>
        <source>mean F1</source>
        <translation>F1 moyen</translation>
    </message>
    <message>
        <source>Scene {number}</source>
        <translation>Scène {number}</translation>
    </message>
    <message>
        <source>{count} bands of {source}</source>
        <translation>{count} bandes de {source}</translation>
    </message>
    <message>
        <source>Training of {architecture}: {predicted}</source>
        <translation>Apprentissage de {architecture} : {predicted}</translation>
    </message>
    <message>
        <source>{title}: from {bands} to {predicted}</source>
        <translation>{title} : de {bands} à {predicted}</translation>
    </message>
    <message>
        <source>Dataset folder</source>
        <translation>Dossier du jeu de données</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Computed on</source>
        <translation>Calculé sur</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Matériel</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Logiciels</translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation>Champ récepteur</translation>
    </message>
    <message>
        <source>unlimited or unknown: maps that are made in blocks have seams</source>
        <translation>illimité ou inconnu : les cartes faites par blocs ont des coutures</translation>
    </message>
    <message>
        <source>{count} pixels</source>
        <translation>{count} pixels</translation>
    </message>
    <message>
        <source>Recommended crop</source>
        <translation>Rognage recommandé</translation>
    </message>
    <message>
        <source>Apply a model shows where the network has never been (UNFAMILIARITY)</source>
        <translation>Appliquer un modèle montre où le réseau n'est jamais allé (UNFAMILIARITY)</translation>
    </message>
    <message>
        <source>Unfamiliarity</source>
        <translation>Étrangeté</translation>
    </message>
    <message>
        <source>Mean F1</source>
        <translation>F1 moyen</translation>
    </message>
    <message>
        <source>Calibrated loss</source>
        <translation>Perte calibrée</translation>
    </message>
    <message>
        <source>best epoch</source>
        <translation>meilleure époque</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>époque</translation>
    </message>
    <message>
        <source>{minimum} or more</source>
        <translation>{minimum} ou plus</translation>
    </message>
    <message>
        <source>{minimum} to {maximum}</source>
        <translation>{minimum} à {maximum}</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>graine</translation>
    </message>
    <message>
        <source>validation fraction</source>
        <translation>part de validation</translation>
    </message>
    <message>
        <source>test fraction</source>
        <translation>part de test</translation>
    </message>
    <message>
        <source>Nothing would be left to train with.</source>
        <translation>Il ne resterait rien pour l'apprentissage.</translation>
    </message>
    <message>
        <source>fractions for validation and test that sum to less than 1</source>
        <translation>des parts de validation et de test dont la somme est inférieure à 1</translation>
    </message>
    <message>
        <source>{valid:g} and {test:g}</source>
        <translation>{valid:g} et {test:g}</translation>
    </message>
    <message>
        <source>{number:,}</source>
        <translation>{number:,}</translation>
    </message>
    <message>
        <source>{processor}, {threads} threads</source>
        <translation>{processor}, {threads} fils d'exécution</translation>
    </message>
    <message>
        <source>no units for matrices of bfloat16 (AMX) are known of this processor</source>
        <translation>on ne connaît pas à ce processeur d'unités pour les matrices de bfloat16 (AMX)</translation>
    </message>
    <message>
        <source>TensorFlow's operations of oneDNN are switched off</source>
        <translation>les opérations oneDNN de TensorFlow sont désactivées</translation>
    </message>
    <message>
        <source>The output {target} cannot be written.</source>
        <translation>La sortie {target} ne peut pas être écrite.</translation>
    </message>
    <message>
        <source>Make room on the disk, or choose another output.</source>
        <translation>Libérez de la place sur le disque, ou choisissez une autre sortie.</translation>
    </message>
    <message>
        <source>Another run is writing {target}.</source>
        <translation>Une autre exécution écrit {target}.</translation>
    </message>
    <message>
        <source>Wait until it has ended, or choose another output.</source>
        <translation>Attendez qu'elle ait terminé, ou choisissez une autre sortie.</translation>
    </message>
    <message>
        <source>Cannot write in the folder {parent}.</source>
        <translation>Impossible d'écrire dans le dossier {parent}.</translation>
    </message>
    <message>
        <source>Choose an output in a folder that you may write to.</source>
        <translation>Choisissez une sortie dans un dossier où vous pouvez écrire.</translation>
    </message>
    <message>
        <source>The folder {target} cannot be replaced.</source>
        <translation>Le dossier {target} ne peut pas être remplacé.</translation>
    </message>
    <message>
        <source>a new folder, an empty one, or one made by GeoDL (it holds {marker})</source>
        <translation>un nouveau dossier, un dossier vide, ou un dossier créé par GeoDL (il contient {marker})</translation>
    </message>
    <message>
        <source>Choose another output folder.</source>
        <translation>Choisissez un autre dossier de sortie.</translation>
    </message>
    <message>
        <source>The file {target} cannot be replaced by a folder.</source>
        <translation>Le fichier {target} ne peut pas être remplacé par un dossier.</translation>
    </message>
    <message>
        <source>The folder {target} cannot be replaced by a file.</source>
        <translation>Le dossier {target} ne peut pas être remplacé par un fichier.</translation>
    </message>
    <message>
        <source>The output {target} is open in another program, most likely as a layer in QGIS.</source>
        <translation>La sortie {target} est ouverte dans un autre programme, très probablement comme couche dans QGIS.</translation>
    </message>
    <message>
        <source>the file {path} cannot be replaced</source>
        <translation>le fichier {path} ne peut pas être remplacé</translation>
    </message>
    <message>
        <source>Remove the layer or close the program, or choose another output.</source>
        <translation>Retirez la couche ou fermez le programme, ou choisissez une autre sortie.</translation>
    </message>
    <message>
        <source>The path of the output {target} is too long for Windows.</source>
        <translation>Le chemin de la sortie {target} est trop long pour Windows.</translation>
    </message>
    <message>
        <source>at most {longest} characters</source>
        <translation>au plus {longest} caractères</translation>
    </message>
    <message>
        <source>Choose a folder with a shorter path, or turn on long paths in Windows (LongPathsEnabled).</source>
        <translation>Choisissez un dossier au chemin plus court, ou activez les chemins longs dans Windows (LongPathsEnabled).</translation>
    </message>
    <message>
        <source>The output {listed} cannot be written.</source>
        <translation>La sortie {listed} ne peut pas être écrite.</translation>
    </message>
    <message>
        <source>What was made is kept as {listed}.</source>
        <translation>Ce qui a été produit est conservé sous {listed}.</translation>
    </message>
    <message>
        <source>Close the programs that have it open, and run again.</source>
        <translation>Fermez les programmes qui l'ont ouverte, et relancez.</translation>
    </message>
    <message>
        <source>{name} is not of the expected type: {value!r}</source>
        <translation>{name} n'est pas du type attendu : {value!r}</translation>
    </message>
    <message>
        <source>A progress bar needs the package tqdm, which is not installed.</source>
        <translation>Une barre de progression a besoin du paquet tqdm, qui n'est pas installé.</translation>
    </message>
    <message>
        <source>Install it (pip install tqdm), or use a ConsoleReporter.</source>
        <translation>Installez-le (pip install tqdm), ou utilisez un ConsoleReporter.</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>encore {duration}</translation>
    </message>
    <message>
        <source>{message} ({duration} left)</source>
        <translation>{message} (encore {duration})</translation>
    </message>
    <message>
        <source>Split by spatial blocks of {side} pixels, {distance} pixels apart: even so, train or valid has few labels of {short}.</source>
        <translation>Partition par blocs spatiaux de {side} pixels, distants de {distance} pixels : même ainsi, train ou valid a peu d'étiquettes de {short}.</translation>
    </message>
    <message>
        <source>Split by spatial blocks of {side} pixels, {distance} pixels apart: every class has enough labels in train and valid.</source>
        <translation>Partition par blocs spatiaux de {side} pixels, distants de {distance} pixels : chaque classe a assez d'étiquettes dans train et valid.</translation>
    </message>
    <message>
        <source>Split by whole polygons, lines or points.</source>
        <translation>Partition par polygones, lignes ou points entiers.</translation>
    </message>
    <message>
        <source>Split by whole polygons, lines or points: with blocks of the image, train or valid would have too few labels of {short}.</source>
        <translation>Partition par polygones, lignes ou points entiers : avec des blocs de l'image, train ou valid aurait trop peu d'étiquettes de {short}.</translation>
    </message>
    <message>
        <source>The largest one of {names} is cut, since there is no other one to validate with.</source>
        <translation>Le plus grand de {names} est coupé, car il n'y en a pas d'autre pour la validation.</translation>
    </message>
    <message>
        <source>{names} cannot be divided: there is one only, of fewer than {pixels} pixels. All of it is for training, and the figures of the other splits say nothing of it.</source>
        <translation>{names} ne peut pas être divisé : il n'y en a qu'un, de moins de {pixels} pixels. Il sert tout entier à l'apprentissage, et les chiffres des autres partitions n'en disent rien.</translation>
    </message>
    <message>
        <source>Looking for labelled pixels</source>
        <translation>Recherche des pixels étiquetés</translation>
    </message>
    <message>
        <source>No pixel of the image lies in {empty}: the features are smaller than a pixel.</source>
        <translation>Aucun pixel de l'image n'est dans {empty} : les entités sont plus petites qu'un pixel.</translation>
    </message>
    <message>
        <source>{overlap} pixels lie in several features: the later feature counts.</source>
        <translation>{overlap} pixels sont dans plusieurs entités : la dernière entité compte.</translation>
    </message>
    <message>
        <source>features</source>
        <translation>entités</translation>
    </message>
    <message>
        <source>share</source>
        <translation>part</translation>
    </message>
    <message>
        <source>Counting pixels</source>
        <translation>Décompte des pixels</translation>
    </message>
    <message>
        <source>The patches are larger than the raster.</source>
        <translation>Les imagettes sont plus grandes que le raster.</translation>
    </message>
    <message>
        <source>a patch size of at most {largest}</source>
        <translation>une taille d'imagette d'au plus {largest}</translation>
    </message>
    <message>
        <source>{size} for a raster of {width} × {height} pixels</source>
        <translation>{size} pour un raster de {width} × {height} pixels</translation>
    </message>
    <message>
        <source>Patches of different splits may share pixels: the buffer of {split_buffer} pixels is smaller than the patch size of {patch_size}. Each label still belongs to one split only.</source>
        <translation>Des imagettes de partitions différentes peuvent partager des pixels : la zone tampon de {split_buffer} pixels est plus petite que la taille d'imagette {patch_size}. Chaque étiquette n'appartient toujours qu'à une partition.</translation>
    </message>
    <message>
        <source>{count} labelled pixels were rejected: their patches contain no-data of {name}.</source>
        <translation>{count} pixels étiquetés ont été rejetés : leurs imagettes contiennent du nodata de {name}.</translation>
    </message>
    <message>
        <source>No pixel of {name} can be the centre of a patch.</source>
        <translation>Aucun pixel de {name} ne peut être le centre d'une imagette.</translation>
    </message>
    <message>
        <source>labelled pixels {place}</source>
        <translation>des pixels étiquetés {place}</translation>
    </message>
    <message>
        <source>Choose a smaller patch size, or draw larger polygons farther inside.</source>
        <translation>Choisissez une taille d'imagette plus petite, ou dessinez des polygones plus grands, plus à l'intérieur.</translation>
    </message>
    <message>
        <source>Draw polygons where every source has data, each larger than a pixel.</source>
        <translation>Dessinez des polygones là où chaque source a des données, chacun plus grand qu'un pixel.</translation>
    </message>
    <message>
        <source>No patch can be centred on any pixel of {empty}: the features are smaller than a pixel, or have no pixel {place}.</source>
        <translation>Aucune imagette ne peut être centrée sur un pixel de {empty} : les entités sont plus petites qu'un pixel, ou n'ont pas de pixel {place}.</translation>
    </message>
    <message>
        <source>inside every source, with data all around</source>
        <translation>à l'intérieur de chaque source, avec des données tout autour</translation>
    </message>
    <message>
        <source>inside every source, with data</source>
        <translation>à l'intérieur de chaque source, avec des données</translation>
    </message>
    <message>
        <source>at least {pixels} pixels inside the border of every source, with data all around</source>
        <translation>à au moins {pixels} pixels à l'intérieur du bord de chaque source, avec des données tout autour</translation>
    </message>
    <message>
        <source>at least {pixels} pixels inside the border of every source, with data</source>
        <translation>à au moins {pixels} pixels à l'intérieur du bord de chaque source, avec des données</translation>
    </message>
    <message>
        <source>No position is left to train with.</source>
        <translation>Il ne reste aucune position pour l'apprentissage.</translation>
    </message>
    <message>
        <source>labelled pixels that are farther than the buffer from all positions of valid and test</source>
        <translation>des pixels étiquetés plus loin que la zone tampon de toutes les positions de valid et de test</translation>
    </message>
    <message>
        <source>{valid} positions of valid and {test} of test, and no room beside them</source>
        <translation>{valid} positions de valid et {test} de test, et aucune place à côté</translation>
    </message>
    <message>
        <source>Choose fewer positions, smaller shares for validation and test, or the split spatial blocks.</source>
        <translation>Choisissez moins de positions, des parts plus petites pour la validation et le test, ou la répartition spatial blocks.</translation>
    </message>
    <message>
        <source>their polygons lie in too few blocks, or too close to another split</source>
        <translation>leurs polygones sont dans trop peu de blocs, ou trop près d'une autre partition</translation>
    </message>
    <message>
        <source>Draw more polygons, or choose smaller blocks or patches.</source>
        <translation>Dessinez plus de polygones, ou choisissez des blocs ou des imagettes plus petits.</translation>
    </message>
    <message>
        <source>there are too few polygons of them for every split</source>
        <translation>ils ont trop peu de polygones pour chaque partition</translation>
    </message>
    <message>
        <source>Draw more polygons.</source>
        <translation>Dessinez plus de polygones.</translation>
    </message>
    <message>
        <source>No positions of {missing} in the {split} split: {why}. {remedy}</source>
        <translation>Aucune position de {missing} dans la partition {split} : {why}. {remedy}</translation>
    </message>
    <message>
        <source>Positions cannot be written to {name}.</source>
        <translation>Les positions ne peuvent pas être écrites dans {name}.</translation>
    </message>
    <message>
        <source>a file name that ends with {known}</source>
        <translation>un nom de fichier qui se termine par {known}</translation>
    </message>
    <message>
        <source>The file {path} cannot be replaced: it holds more than positions, which would be lost.</source>
        <translation>Le fichier {path} ne peut pas être remplacé : il contient autre chose que des positions, qui serait perdu.</translation>
    </message>
    <message>
        <source>a new file, or one whose only layer is {layer}, made by GeoDL</source>
        <translation>un nouveau fichier, ou un fichier dont la seule couche est {layer}, créée par GeoDL</translation>
    </message>
    <message>
        <source>layers {others}</source>
        <translation>couches {others}</translation>
    </message>
    <message>
        <source>Positions on this raster cannot be written to {file}: {format} does not keep its CRS.</source>
        <translation>Des positions sur ce raster ne peuvent pas être écrites dans {file} : {format} ne conserve pas son SCR.</translation>
    </message>
    <message>
        <source>a format that keeps any CRS, such as .gpkg</source>
        <translation>un format qui conserve n'importe quel SCR, par exemple .gpkg</translation>
    </message>
    <message>
        <source>A class name is too long for a Shapefile.</source>
        <translation>Un nom de classe est trop long pour un Shapefile.</translation>
    </message>
    <message>
        <source>{maximum} bytes, or another format such as .gpkg</source>
        <translation>{maximum} octets, ou un autre format tel que .gpkg</translation>
    </message>
    <message>
        <source>{longest} bytes</source>
        <translation>{longest} octets</translation>
    </message>
    <message>
        <source>The positions cannot be written to {path}.</source>
        <translation>Les positions ne peuvent pas être écrites dans {path}.</translation>
    </message>
    <message>
        <source>{count} points</source>
        <translation>{count} points</translation>
    </message>
    <message>
        <source>{written} that can be read back</source>
        <translation>{written} qui peuvent être relus</translation>
    </message>
    <message>
        <source>Invalid value in the field split of the layer {name}.</source>
        <translation>Valeur incorrecte dans le champ split de la couche {name}.</translation>
    </message>
    <message>
        <source>Positions written</source>
        <translation>Positions écrites</translation>
    </message>
    <message>
        <source>number of positions</source>
        <translation>nombre de positions</translation>
    </message>
    <message>
        <source>block size</source>
        <translation>taille des blocs</translation>
    </message>
    <message>
        <source>buffer between splits</source>
        <translation>zone tampon entre partitions</translation>
    </message>
    <message>
        <source>The white squares of the chessboard would belong to no split.</source>
        <translation>Les cases blanches du damier n'appartiendraient à aucune partition.</translation>
    </message>
    <message>
        <source>a validation or test fraction above 0</source>
        <translation>une part de validation ou de test supérieure à 0</translation>
    </message>
    <message>
        <source>0 and 0</source>
        <translation>0 et 0</translation>
    </message>
    <message>
        <source>strategy</source>
        <translation>stratégie</translation>
    </message>
    <message>
        <source>step</source>
        <translation>pas</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>décalage</translation>
    </message>
    <message>
        <source>There is more than one mask.</source>
        <translation>Il y a plus d'un masque.</translation>
    </message>
    <message>
        <source>either a vector layer or a raster</source>
        <translation>soit une couche vecteur, soit un raster</translation>
    </message>
    <message>
        <source>the image</source>
        <translation>l'image</translation>
    </message>
    <message>
        <source>a multiple of {step} pixels, such as {example}, so that all patches cover the same ground in every source</source>
        <translation>un multiple de {step} pixels, par exemple {example}, pour que toutes les imagettes couvrent le même terrain dans chaque source</translation>
    </message>
    <message>
        <source>The raster {name} has one class only.</source>
        <translation>Le raster {name} n'a qu'une seule classe.</translation>
    </message>
    <message>
        <source>two classes or more within the image; no-data is no class</source>
        <translation>deux classes ou plus dans l'image ; nodata n'est pas une classe</translation>
    </message>
    <message>
        <source>The split and the split field contradict each other.</source>
        <translation>La répartition et le champ de la partition se contredisent.</translation>
    </message>
    <message>
        <source>a field (SPLIT_FIELD) if the split is by field, and none otherwise</source>
        <translation>un champ (SPLIT_FIELD) si la répartition est by field, et aucun sinon</translation>
    </message>
    <message>
        <source>the split {split} and the field {split_field}</source>
        <translation>la répartition {split} et le champ {split_field}</translation>
    </message>
    <message>
        <source>The field {class_field} of the layer {name} has one class only.</source>
        <translation>Le champ {class_field} de la couche {name} n'a qu'une seule classe.</translation>
    </message>
    <message>
        <source>two classes or more within the raster</source>
        <translation>deux classes ou plus dans le raster</translation>
    </message>
    <message>
        <source>Choose another field, or ONE_CLASS if all features are of one class.</source>
        <translation>Choisissez un autre champ, ou ONE_CLASS si toutes les entités sont d'une même classe.</translation>
    </message>
    <message>
        <source>{overlap} pixels lie in several features of {name}: the later feature counts.</source>
        <translation>{overlap} pixels sont dans plusieurs entités de {name} : la dernière entité compte.</translation>
    </message>
    <message>
        <source>Run Check the environment.</source>
        <translation>Exécutez Vérifier l'environnement.</translation>
    </message>
    <message>
        <source>Run Check the environment. If that hangs, too, let the antivirus program leave out the environment's folder, run Set up the environment again, or name another Python in the variable GEODL_PYTHON.</source>
        <translation>Exécutez Vérifier l'environnement. Si cela se bloque aussi, faites exclure le dossier de l'environnement par l'antivirus, exécutez de nouveau Installer l'environnement, ou indiquez un autre Python dans la variable GEODL_PYTHON.</translation>
    </message>
    <message>
        <source>Use a smaller batch size, patch size or block, or close other programs.</source>
        <translation>Utilisez une taille de lot, d'imagette ou de bloc plus petite, ou fermez d'autres programmes.</translation>
    </message>
    <message>
        <source>Install the newest Microsoft Visual C++ Redistributable (x64), then restart QGIS.</source>
        <translation>Installez la dernière version de Microsoft Visual C++ Redistributable (x64), puis redémarrez QGIS.</translation>
    </message>
    <message>
        <source>A native library crashed.</source>
        <translation>Une bibliothèque native a planté.</translation>
    </message>
    <message>
        <source>Most likely the machine ran out of memory.</source>
        <translation>L'ordinateur a très probablement manqué de mémoire.</translation>
    </message>
    <message>
        <source>This processor lacks instructions that this build of TensorFlow needs, such as AVX.</source>
        <translation>Ce processeur n'a pas les instructions, telles que AVX, dont cette version de TensorFlow a besoin.</translation>
    </message>
    <message>
        <source>Use a computer with a newer processor, or name a Python with another TensorFlow in the variable GEODL_PYTHON.</source>
        <translation>Utilisez un ordinateur avec un processeur plus récent, ou indiquez un Python avec un autre TensorFlow dans la variable GEODL_PYTHON.</translation>
    </message>
    <message>
        <source>The processor lacks instructions that this build of TensorFlow needs: on an Apple processor, programs for Intel processors have AVX only from macOS 15 on.</source>
        <translation>Le processeur n'a pas les instructions dont cette version de TensorFlow a besoin : sur un processeur Apple, les programmes pour processeurs Intel n'ont AVX qu'à partir de macOS 15.</translation>
    </message>
    <message>
        <source>Use the QGIS for Apple processors, or update macOS.</source>
        <translation>Utilisez le QGIS pour processeurs Apple, ou mettez macOS à jour.</translation>
    </message>
    <message>
        <source>It was asked to stop.</source>
        <translation>Il lui a été demandé de s'arrêter.</translation>
    </message>
    <message>
        <source>An image is an HDF5 or netCDF file, which GDAL cannot read here: TensorFlow's packages bring another HDF5.</source>
        <translation>Une image est un fichier HDF5 ou netCDF, que GDAL ne peut pas lire ici : les paquets de TensorFlow apportent un autre HDF5.</translation>
    </message>
    <message>
        <source>Convert the image to GeoTIFF in QGIS first.</source>
        <translation>Convertissez d'abord l'image en GeoTIFF dans QGIS.</translation>
    </message>
    <message>
        <source>A native library gave up.</source>
        <translation>Une bibliothèque native a abandonné.</translation>
    </message>
    <message>
        <source>A native library crashed, or a disk is full or was taken away.</source>
        <translation>Une bibliothèque native a planté, ou un disque est plein ou a été retiré.</translation>
    </message>
    <message>
        <source>Make sure that the disks have room and stay connected, then run this again.</source>
        <translation>Assurez-vous que les disques ont de la place et restent connectés, puis relancez.</translation>
    </message>
    <message>
        <source>The system lets a program compute for so long only.</source>
        <translation>Le système limite la durée de calcul d'un programme.</translation>
    </message>
    <message>
        <source>Ask for a higher limit (ulimit -t).</source>
        <translation>Demandez une limite plus élevée (ulimit -t).</translation>
    </message>
    <message>
        <source>The system allows files up to a size only.</source>
        <translation>Le système limite la taille des fichiers.</translation>
    </message>
    <message>
        <source>Ask for a higher limit (ulimit -f).</source>
        <translation>Demandez une limite plus élevée (ulimit -f).</translation>
    </message>
    <message>
        <source>Either the machine ran out of memory, or macOS refused a library for its signature.</source>
        <translation>Soit l'ordinateur a manqué de mémoire, soit macOS a refusé une bibliothèque à cause de sa signature.</translation>
    </message>
    <message>
        <source>Use a smaller batch size, patch size or block, or close other programs. If it ends so at once, run Set up the environment again, or name a Python of conda-forge in the variable GEODL_PYTHON.</source>
        <translation>Utilisez une taille de lot, d'imagette ou de bloc plus petite, ou fermez d'autres programmes. S'il s'arrête ainsi aussitôt, exécutez de nouveau Installer l'environnement, ou indiquez un Python de conda-forge dans la variable GEODL_PYTHON.</translation>
    </message>
    <message>
        <source>The interpreter cannot be run.</source>
        <translation>L'interpréteur ne peut pas être exécuté.</translation>
    </message>
    <message>
        <source>The interpreter, or a program that it needs, was not found.</source>
        <translation>L'interpréteur, ou un programme dont il a besoin, n'a pas été trouvé.</translation>
    </message>
    <message>
        <source>The Python that the environment was made from cannot be started.</source>
        <translation>Le Python à partir duquel l'environnement a été créé ne peut pas être démarré.</translation>
    </message>
    <message>
        <source>The Python that the environment was made from is gone: QGIS was updated, moved or removed.</source>
        <translation>Le Python à partir duquel l'environnement a été créé n'existe plus : QGIS a été mis à jour, déplacé ou supprimé.</translation>
    </message>
    <message>
        <source>The environment is damaged: its file pyvenv.cfg is missing.</source>
        <translation>L'environnement est endommagé : il manque son fichier pyvenv.cfg.</translation>
    </message>
    <message>
        <source>A library that TensorFlow needs is missing.</source>
        <translation>Il manque une bibliothèque dont TensorFlow a besoin.</translation>
    </message>
    <message>
        <source>A library is older than the one that TensorFlow needs.</source>
        <translation>Une bibliothèque est plus ancienne que celle dont TensorFlow a besoin.</translation>
    </message>
    <message>
        <source>Windows does not let the program or one of its libraries run.</source>
        <translation>Windows n'autorise pas le programme ou l'une de ses bibliothèques à s'exécuter.</translation>
    </message>
    <message>
        <source>Ask who looks after this computer to allow the environment's folder, in the antivirus program, too.</source>
        <translation>Demandez à la personne qui gère cet ordinateur d'autoriser le dossier de l'environnement, dans l'antivirus aussi.</translation>
    </message>
    <message>
        <source>access violation</source>
        <translation>violation d'accès</translation>
    </message>
    <message>
        <source>A native library crashed. Mostly an old Visual C++ runtime is loaded instead of TensorFlow's own.</source>
        <translation>Une bibliothèque native a planté. Le plus souvent, un ancien runtime Visual C++ est chargé à la place de celui de TensorFlow.</translation>
    </message>
    <message>
        <source>in-page error</source>
        <translation>erreur de lecture de page</translation>
    </message>
    <message>
        <source>A file could not be read any more: a disk was taken away, or the network was lost.</source>
        <translation>Un fichier n'a plus pu être lu : un disque a été retiré, ou le réseau a été perdu.</translation>
    </message>
    <message>
        <source>Make sure that the disks stay connected, then run this again.</source>
        <translation>Assurez-vous que les disques restent connectés, puis relancez.</translation>
    </message>
    <message>
        <source>no memory</source>
        <translation>plus de mémoire</translation>
    </message>
    <message>
        <source>illegal instruction</source>
        <translation>instruction illégale</translation>
    </message>
    <message>
        <source>access denied</source>
        <translation>accès refusé</translation>
    </message>
    <message>
        <source>invalid image format</source>
        <translation>format d'image incorrect</translation>
    </message>
    <message>
        <source>A library was made for another kind of processor, or is damaged.</source>
        <translation>Une bibliothèque a été faite pour un autre type de processeur, ou est endommagée.</translation>
    </message>
    <message>
        <source>stack overflow</source>
        <translation>débordement de pile</translation>
    </message>
    <message>
        <source>commitment limit</source>
        <translation>limite de mémoire engagée</translation>
    </message>
    <message>
        <source>Windows has no more memory to promise.</source>
        <translation>Windows n'a plus de mémoire à promettre.</translation>
    </message>
    <message>
        <source>Use a smaller batch size, patch size or block, or close other programs. A larger page file helps, too.</source>
        <translation>Utilisez une taille de lot, d'imagette ou de bloc plus petite, ou fermez d'autres programmes. Un fichier d'échange plus grand aide aussi.</translation>
    </message>
    <message>
        <source>DLL not found</source>
        <translation>DLL introuvable</translation>
    </message>
    <message>
        <source>entry point not found</source>
        <translation>point d'entrée introuvable</translation>
    </message>
    <message>
        <source>DLL initialization failed</source>
        <translation>échec de l'initialisation d'une DLL</translation>
    </message>
    <message>
        <source>A library could not be initialized.</source>
        <translation>Une bibliothèque n'a pas pu être initialisée.</translation>
    </message>
    <message>
        <source>Restart the computer, then run this again.</source>
        <translation>Redémarrez l'ordinateur, puis relancez.</translation>
    </message>
    <message>
        <source>heap corruption</source>
        <translation>corruption du tas</translation>
    </message>
    <message>
        <source>fail fast</source>
        <translation>arrêt immédiat</translation>
    </message>
    <message>
        <source>invalid image hash</source>
        <translation>empreinte d'image incorrecte</translation>
    </message>
    <message>
        <source>module not found</source>
        <translation>module introuvable</translation>
    </message>
    <message>
        <source>procedure not found</source>
        <translation>procédure introuvable</translation>
    </message>
    <message>
        <source>The worker process was ended by the {name}.</source>
        <translation>Le processus de calcul a été arrêté par le {name}.</translation>
    </message>
    <message>
        <source>The worker process ended with {name}.</source>
        <translation>Le processus de calcul s'est terminé avec le {name}.</translation>
    </message>
    <message>
        <source>status 0x{status:08X} ({name})</source>
        <translation>code de sortie 0x{status:08X} ({name})</translation>
    </message>
    <message>
        <source>status 0x{status:08X}</source>
        <translation>code de sortie 0x{status:08X}</translation>
    </message>
    <message>
        <source>signal {name}</source>
        <translation>signal {name}</translation>
    </message>
    <message>
        <source>The probabilities are not calibrated, since the dataset has no labels in the split valid.</source>
        <translation>Les probabilités ne sont pas calibrées, car le jeu de données n'a pas d'étiquettes dans la partition valid.</translation>
    </message>
    <message>
        <source>The probabilities are not calibrated, since the network does not end in self.head(…).</source>
        <translation>Les probabilités ne sont pas calibrées, car le réseau ne se termine pas par self.head(…).</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>perte</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>perte de validation</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>calibrée</translation>
    </message>
    <message>
        <source>validation F1</source>
        <translation>F1 de validation</translation>
    </message>
    <message>
        <source>validation MAE</source>
        <translation>MAE de validation</translation>
    </message>
    <message>
        <source>Training: epoch {epoch} of {epochs}</source>
        <translation>Apprentissage : époque {epoch} sur {epochs}</translation>
    </message>
    <message>
        <source>Epoch {epoch}: {shown}</source>
        <translation>Époque {epoch} : {shown}</translation>
    </message>
    <message>
        <source>The training has diverged: its loss is not a finite number any more.</source>
        <translation>L'apprentissage a divergé : sa perte n'est plus un nombre fini.</translation>
    </message>
    <message>
        <source>The training has diverged: some weights are not finite numbers any more.</source>
        <translation>L'apprentissage a divergé : certains poids ne sont plus des nombres finis.</translation>
    </message>
    <message>
        <source>The training has diverged: its gradients are not finite numbers any more.</source>
        <translation>L'apprentissage a divergé : ses gradients ne sont plus des nombres finis.</translation>
    </message>
    <message>
        <source>no step that changes the weights</source>
        <translation>aucun pas qui change les poids</translation>
    </message>
    <message>
        <source>epoch {epoch}: {received}</source>
        <translation>époque {epoch} : {received}</translation>
    </message>
    <message>
        <source>Choose a lower learning rate, or the precision float32.</source>
        <translation>Choisissez un taux d'apprentissage plus faible, ou la précision numérique float32.</translation>
    </message>
    <message>
        <source>Training a network of single pixels for comparison</source>
        <translation>Apprentissage d'un réseau de pixels isolés pour comparaison</translation>
    </message>
    <message>
        <source>single pixels</source>
        <translation>pixels isolés</translation>
    </message>
    <message>
        <source>metrics of {lengths} epochs in {history}</source>
        <translation>mesures de {lengths} époques dans {history}</translation>
    </message>
    <message>
        <source>The training cannot be resumed: it was started with other parameters or another dataset.</source>
        <translation>L'apprentissage ne peut pas être repris : il a commencé avec d'autres paramètres ou un autre jeu de données.</translation>
    </message>
    <message>
        <source>Use the same parameters and dataset, or delete the folder {folder} to start again.</source>
        <translation>Utilisez les mêmes paramètres et le même jeu de données, ou supprimez le dossier {folder} pour recommencer.</translation>
    </message>
    <message>
        <source>The checkpoint of the training cannot be saved in {folder}.</source>
        <translation>Le point de sauvegarde de l'apprentissage ne peut pas être enregistré dans {folder}.</translation>
    </message>
    <message>
        <source>Make room on the disk, and train again.</source>
        <translation>Libérez de la place sur le disque, et recommencez l'apprentissage.</translation>
    </message>
    <message>
        <source>The training cannot be resumed: its checkpoints are damaged.</source>
        <translation>L'apprentissage ne peut pas être repris : ses points de sauvegarde sont endommagés.</translation>
    </message>
    <message>
        <source>Delete the folder {folder} to start again.</source>
        <translation>Supprimez le dossier {folder} pour recommencer.</translation>
    </message>
    <message>
        <source>The batch size exceeds the number of training patches.</source>
        <translation>La taille de lot dépasse le nombre d'imagettes d'apprentissage.</translation>
    </message>
    <message>
        <source>at most {patches}, the patches of the split train; {batch_size} is usual</source>
        <translation>au plus {patches}, le nombre d'imagettes de la partition train ; {batch_size} est habituel</translation>
    </message>
    <message>
        <source>effort</source>
        <translation>effort</translation>
    </message>
    <message>
        <source>choice of pixel classifier</source>
        <translation>choix du classifieur de pixels</translation>
    </message>
    <message>
        <source>choice of a second training</source>
        <translation>choix d'un second apprentissage</translation>
    </message>
    <message>
        <source>choice for pixels without labels</source>
        <translation>choix pour les pixels sans étiquette</translation>
    </message>
    <message>
        <source>choice of class weights</source>
        <translation>choix des poids des classes</translation>
    </message>
    <message>
        <source>device</source>
        <translation>périphérique</translation>
    </message>
    <message>
        <source>augmentation</source>
        <translation>augmentation</translation>
    </message>
    <message>
        <source>number of epochs</source>
        <translation>nombre d'époques</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>taux d'apprentissage</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>décroissance des poids</translation>
    </message>
    <message>
        <source>width</source>
        <translation>largeur</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>profondeur</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>patience</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>rognage</translation>
    </message>
    <message>
        <source>The architecture custom needs a Python file that defines the network.</source>
        <translation>L'architecture custom a besoin d'un fichier Python qui définit le réseau.</translation>
    </message>
    <message>
        <source>Give the file as MODEL_FILE, or choose another architecture.</source>
        <translation>Indiquez le fichier dans MODEL_FILE, ou choisissez une autre architecture.</translation>
    </message>
    <message>
        <source>Width and depth cannot be set for a custom network: its file defines them.</source>
        <translation>La largeur et la profondeur ne peuvent pas être choisies pour un réseau custom : son fichier les définit.</translation>
    </message>
    <message>
        <source>width = {width}, depth = {depth}</source>
        <translation>largeur = {width}, profondeur = {depth}</translation>
    </message>
    <message>
        <source>Class weights are given but not used.</source>
        <translation>Des poids de classes sont donnés mais pas utilisés.</translation>
    </message>
    <message>
        <source>CLASS_WEIGHTS 'given'</source>
        <translation>CLASS_WEIGHTS 'given'</translation>
    </message>
    <message>
        <source>'{class_weights}' and {class_weight_values}</source>
        <translation>'{class_weights}' et {class_weight_values}</translation>
    </message>
    <message>
        <source>The dataset has no split train.</source>
        <translation>Le jeu de données n'a pas de partition train.</translation>
    </message>
    <message>
        <source>Invalid loss for a dataset of values.</source>
        <translation>Fonction de perte incorrecte pour un jeu de données de valeurs.</translation>
    </message>
    <message>
        <source>Invalid loss for a dataset of classes.</source>
        <translation>Fonction de perte incorrecte pour un jeu de données de classes.</translation>
    </message>
    <message>
        <source>Class weights need a dataset of classes, but this one holds values.</source>
        <translation>Les poids des classes demandent un jeu de données de classes, mais celui-ci contient des valeurs.</translation>
    </message>
    <message>
        <source>CLASS_WEIGHTS 'none'</source>
        <translation>CLASS_WEIGHTS 'none'</translation>
    </message>
    <message>
        <source>There is nothing to learn: all labelled values of the split train are the same.</source>
        <translation>Il n'y a rien à apprendre : toutes les valeurs étiquetées de la partition train sont identiques.</translation>
    </message>
    <message>
        <source>A network needs at least two classes to distinguish.</source>
        <translation>Un réseau a besoin d'au moins deux classes à distinguer.</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>aucune classe</translation>
    </message>
    <message>
        <source>Add a class for everything else, such as 'other', draw some polygons of it, and export again.</source>
        <translation>Ajoutez une classe pour tout le reste, par exemple 'autre', dessinez-en quelques polygones, et exportez de nouveau.</translation>
    </message>
    <message>
        <source>The split train has no labelled pixels of {missing}.</source>
        <translation>La partition train n'a pas de pixels étiquetés de {missing}.</translation>
    </message>
    <message>
        <source>labelled pixels of each class in the split train</source>
        <translation>des pixels étiquetés de chaque classe dans la partition train</translation>
    </message>
    <message>
        <source>Draw more polygons of this class, or choose smaller blocks for the split.</source>
        <translation>Dessinez plus de polygones de cette classe, ou choisissez des blocs plus petits pour la répartition.</translation>
    </message>
    <message>
        <source>Invalid class weights: the dataset has no such class.</source>
        <translation>Poids des classes incorrects : le jeu de données n'a pas cette classe.</translation>
    </message>
    <message>
        <source>Invalid class weights.</source>
        <translation>Poids des classes incorrects.</translation>
    </message>
    <message>
        <source>name=weight, separated by commas, such as water=2, forest=0.5; names with commas in quotes, as in "forest, dense"=2; weights of 0 or more</source>
        <translation>nom=poids, séparés par des virgules, par exemple water=2, forest=0.5 ; les noms qui contiennent des virgules entre guillemets, comme "forest, dense"=2 ; des poids supérieurs ou égaux à 0</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>The variable TF_CONFIG cannot be read.</source>
        <translation>La variable TF_CONFIG ne peut pas être lue.</translation>
    </message>
    <message>
        <source>Unfamiliarity is not known: the network does not end in one layer that decides by features.</source>
        <translation>L'étrangeté n'est pas connue : le réseau ne se termine pas par une seule couche qui décide d'après des caractéristiques.</translation>
    </message>
    <message>
        <source>Unfamiliarity is not known: the pixels of the network's features do not nest in those of its output.</source>
        <translation>L'étrangeté n'est pas connue : les pixels des caractéristiques du réseau ne s'emboîtent pas dans ceux de sa sortie.</translation>
    </message>
    <message>
        <source>Unfamiliarity is not known: there are too few labelled pixels.</source>
        <translation>L'étrangeté n'est pas connue : il y a trop peu de pixels étiquetés.</translation>
    </message>
    <message>
        <source>Calibrating the probabilities</source>
        <translation>Calibration des probabilités</translation>
    </message>
    <message>
        <source>Finding reference points</source>
        <translation>Recherche de points de référence</translation>
    </message>
    <message>
        <source>Resuming after epoch {epochs}.</source>
        <translation>Reprise après l'époque {epochs}.</translation>
    </message>
    <message>
        <source>The dataset has no split valid: the last epoch is kept, whether it is the best or not.</source>
        <translation>Le jeu de données n'a pas de partition valid : la dernière époque est gardée, qu'elle soit la meilleure ou non.</translation>
    </message>
    <message>
        <source>Training on {devices} in {precision}, since {reason}.</source>
        <translation>Apprentissage sur {devices} en {precision}, car {reason}.</translation>
    </message>
    <message>
        <source>Training on {devices} in {precision}.</source>
        <translation>Apprentissage sur {devices} en {precision}.</translation>
    </message>
    <message>
        <source>The model in {folder} has other inputs than the dataset.</source>
        <translation>Le modèle de {folder} a d'autres entrées que le jeu de données.</translation>
    </message>
    <message>
        <source>{name} with {bands} bands</source>
        <translation>{name} avec {bands} bandes</translation>
    </message>
    <message>
        <source>statistics of {name}: {statistics}</source>
        <translation>statistiques de {name} : {statistics}</translation>
    </message>
    <message>
        <source>The model in {folder} cannot be trained further: {file_name} does not describe its network. The file is damaged, or was not made by Train a network.</source>
        <translation>L'apprentissage du modèle de {folder} ne peut pas être poursuivi : {file_name} ne décrit pas son réseau. Le fichier est endommagé, ou n'a pas été produit par Entraîner un réseau.</translation>
    </message>
    <message>
        <source>{count} layers with weights instead of {expected}</source>
        <translation>{count} couches avec des poids au lieu de {expected}</translation>
    </message>
    <message>
        <source>The model in {folder} is another network.</source>
        <translation>Le modèle de {folder} est un autre réseau.</translation>
    </message>
    <message>
        <source>The processes that are to train together do not reach each other.</source>
        <translation>Les processus qui doivent faire l'apprentissage ensemble ne se joignent pas.</translation>
    </message>
    <message>
        <source>a process at each of {addresses}; this is number {number}, from 0</source>
        <translation>un processus à chacune des adresses {addresses} ; celui-ci a le numéro {number}, à partir de 0</translation>
    </message>
    <message>
        <source>Start all of them, each with a number of its own; the ports must be free, and open between them.</source>
        <translation>Démarrez-les tous, chacun avec son propre numéro ; les ports doivent être libres, et ouverts entre eux.</translation>
    </message>
    <message>
        <source>process {number} ({address})</source>
        <translation>le processus {number} ({address})</translation>
    </message>
    <message>
        <source>Another process is lost: it has failed, was ended, or is not reached any more.</source>
        <translation>Un autre processus est perdu : il a échoué, a été arrêté, ou n'est plus joignable.</translation>
    </message>
    <message>
        <source>{processes} is lost: it has failed, was ended, or is not reached any more.</source>
        <translation>{processes} est perdu : il a échoué, a été arrêté, ou n'est plus joignable.</translation>
    </message>
    <message>
        <source>The model in {init_model} is a custom network, which only its Python file can build.</source>
        <translation>Le modèle de {init_model} est un réseau custom, que seul son fichier Python peut construire.</translation>
    </message>
    <message>
        <source>this file as MODEL_FILE</source>
        <translation>ce fichier dans MODEL_FILE</translation>
    </message>
    <message>
        <source>no MODEL_FILE</source>
        <translation>pas de MODEL_FILE</translation>
    </message>
    <message>
        <source>the {bands} bands of {name} for {dates} dates</source>
        <translation>les {bands} bandes de {name} pour {dates} dates</translation>
    </message>
    <message>
        <source>It is not known when the images were taken. The network takes {taken} at equal steps of a year. Give DATES when you export the dataset, or put dates into the names of the bands.</source>
        <translation>On ne sait pas quand les images ont été prises. Le réseau prend {taken} à intervalles égaux d'une année. Indiquez DATES à l'export du jeu de données, ou mettez les dates dans les noms des bandes.</translation>
    </message>
    <message>
        <source>Invalid patch size for the network {architecture}.</source>
        <translation>Taille d'imagette incorrecte pour le réseau {architecture}.</translation>
    </message>
    <message>
        <source>a multiple of {total_stride} pixels</source>
        <translation>un multiple de {total_stride} pixels</translation>
    </message>
    <message>
        <source>Sample and export again with a patch size such as 64, or choose another network.</source>
        <translation>Échantillonnez et exportez de nouveau avec une taille d'imagette telle que 64, ou choisissez un autre réseau.</translation>
    </message>
    <message>
        <source>This network can be trained, but maps that it makes will have seams between blocks, because it uses the whole patch, or its receptive field is not known. Use RFIELD = {size}, the patch size of the training. {reason}</source>
        <translation>Ce réseau peut être entraîné, mais les cartes qu'il produit auront des raccords visibles entre les blocs, car il utilise toute l'imagette, ou son champ récepteur n'est pas connu. Utilisez RFIELD = {size}, la taille d'imagette de l'apprentissage. {reason}</translation>
    </message>
    <message>
        <source>The network that is saved was then trained again, with the labels of the split valid as well. The figures are those of the network before, which had not seen them.</source>
        <translation>Le réseau enregistré a ensuite été réentraîné avec les étiquettes de la partition valid aussi. Les chiffres sont ceux du réseau d'avant, qui ne les avait pas vues.</translation>
    </message>
    <message>
        <source>Training with the labels of the split valid as well</source>
        <translation>Apprentissage avec les étiquettes de la partition valid aussi</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>le réseau</translation>
    </message>
    <message>
        <source>a larger network, trained for longer</source>
        <translation>un réseau plus grand, entraîné plus longtemps</translation>
    </message>
    <message>
        <source>a smaller network</source>
        <translation>un réseau plus petit</translation>
    </message>
    <message>
        <source>{epochs} epochs of {steps} steps, which take about {expected} on this computer.</source>
        <translation>{epochs} époques de {steps} pas, qui prennent environ {expected} sur cet ordinateur.</translation>
    </message>
    <message>
        <source>TensorFlow finds no GPU.</source>
        <translation>TensorFlow ne trouve pas de GPU.</translation>
    </message>
    <message>
        <source>a GPU, and a version of TensorFlow that supports it</source>
        <translation>un GPU, et une version de TensorFlow qui le prend en charge</translation>
    </message>
    <message>
        <source>the processor only</source>
        <translation>seulement le processeur</translation>
    </message>
    <message>
        <source>Choose the device 'automatic', or run Check the environment to see why.</source>
        <translation>Choisissez le périphérique 'automatic', ou exécutez Vérifier l'environnement pour savoir pourquoi.</translation>
    </message>
    <message>
        <source>one GPU</source>
        <translation>un GPU</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>le processeur</translation>
    </message>
    <message>
        <source>{count} GPUs</source>
        <translation>{count} GPU</translation>
    </message>
    <message>
        <source>the processes may run on different processors</source>
        <translation>les processus peuvent tourner sur des processeurs différents</translation>
    </message>
    <message>
        <source>TensorFlow computes in bfloat16 by itself on processors only</source>
        <translation>TensorFlow ne calcule de lui-même en bfloat16 que sur les processeurs</translation>
    </message>
    <message>
        <source>{count} processes</source>
        <translation>{count} processus</translation>
    </message>
    <message>
        <source>The logs for TensorBoard cannot be written: the package tensorboard is missing.</source>
        <translation>Les journaux pour TensorBoard ne peuvent pas être écrits : il manque le paquet tensorboard.</translation>
    </message>
    <message>
        <source>Run Set up the environment again, or train without the logs.</source>
        <translation>Exécutez de nouveau Installer l'environnement, ou entraînez sans les journaux.</translation>
    </message>
    <message>
        <source>Starting TensorFlow in {count} processes</source>
        <translation>Démarrage de TensorFlow dans {count} processus</translation>
    </message>
    <message>
        <source>process 0 ({address})</source>
        <translation>le processus 0 ({address})</translation>
    </message>
    <message>
        <source>Trained along with {chief}, which writes the outputs</source>
        <translation>Entraîné de concert avec {chief}, qui écrit les sorties</translation>
    </message>
    <message>
        <source>Saving the network</source>
        <translation>Enregistrement du réseau</translation>
    </message>
    <message>
        <source>Trained in {duration}, best epoch {best_epoch}</source>
        <translation>Entraîné en {duration}, meilleure époque {best_epoch}</translation>
    </message>
    <message>
        <source>There is not enough memory to train on batches of {batch_size} patches.</source>
        <translation>Il n'y a pas assez de mémoire pour l'apprentissage avec des lots de {batch_size} imagettes.</translation>
    </message>
    <message>
        <source>Choose a smaller batch size, smaller patches, or a network of smaller width or depth.</source>
        <translation>Choisissez une taille de lot plus petite, des imagettes plus petites, ou un réseau de largeur ou de profondeur moindre.</translation>
    </message>
    <message>
        <source>Start all processes again: the training goes on after its last finished epoch.</source>
        <translation>Redémarrez tous les processus : l'apprentissage reprend après sa dernière époque terminée.</translation>
    </message>
    <message>
        <source>Start all processes again; with RESUME a training goes on after its last finished epoch.</source>
        <translation>Redémarrez tous les processus ; avec RESUME, un apprentissage reprend après sa dernière époque terminée.</translation>
    </message>
    <message>
        <source>The network was not compared with one that sees single pixels, since the dataset has no labels in the split valid: whether it is any better cannot be judged.</source>
        <translation>Le réseau n'a pas été comparé à un réseau qui voit des pixels isolés, car le jeu de données n'a pas d'étiquettes dans la partition valid : on ne peut pas juger s'il est meilleur.</translation>
    </message>
    <message>
        <source>The network was not compared with one that sees single pixels, since several processes trained it.</source>
        <translation>Le réseau n'a pas été comparé à un réseau qui voit des pixels isolés, car plusieurs processus l'ont entraîné.</translation>
    </message>
    <message>
        <source>The network gives one label for a whole patch: it was not compared with one that sees single pixels.</source>
        <translation>Le réseau donne une seule étiquette pour toute une imagette : il n'a pas été comparé à un réseau qui voit des pixels isolés.</translation>
    </message>
    <message>
        <source>The network was not compared with one that sees single pixels, since the pixel sizes of the sources are not multiples of each other.</source>
        <translation>Le réseau n'a pas été comparé à un réseau qui voit des pixels isolés, car les tailles de pixel des sources ne sont pas des multiples les unes des autres.</translation>
    </message>
    <message>
        <source>Where there are no labels, the network learned what single pixels tell.</source>
        <translation>Là où il n'y a pas d'étiquettes, le réseau a appris ce que disent les pixels isolés.</translation>
    </message>
    <message>
        <source>There are labels in few separate places of the split valid: label more areas for a surer answer.</source>
        <translation>Les étiquettes de la partition valid sont en peu d'endroits distincts : étiquetez plus de zones pour une réponse plus sûre.</translation>
    </message>
    <message>
        <source>It is kept all the same, as it was asked for; the architecture 'pixel' gives the better one.</source>
        <translation>Il est gardé malgré tout, puisqu'il a été demandé ; l'architecture 'pixel' donne le meilleur.</translation>
    </message>
    <message>
        <source>The result is the network of single pixels (architecture 'pixel'). More labelled areas, or areas that differ more from each other, may help a network that looks at the surroundings.</source>
        <translation>Le résultat est le réseau de pixels isolés (architecture 'pixel'). Plus de zones étiquetées, ou des zones plus différentes les unes des autres, peuvent aider un réseau qui regarde les alentours.</translation>
    </message>
    <message>
        <source>{network} against {pixels} by single pixels, on the split valid</source>
        <translation>{network} contre {pixels} pour les pixels isolés, sur la partition valid</translation>
    </message>
    <message>
        <source>On the split valid the network does not find {lost}, which single pixels find ({figures}). It is kept, since few places of a class cannot decide, and it has learned from single pixels as well.</source>
        <translation>Sur la partition valid, le réseau ne trouve pas {lost}, que trouvent les pixels isolés ({figures}). Il est conservé, car quelques lieux d'une classe ne permettent pas de trancher, et il a aussi appris des pixels isolés.</translation>
    </message>
    <message>
        <source>The network is worse than single pixels ({figures}): it does not find {lost}.</source>
        <translation>Le réseau est moins bon que les pixels isolés ({figures}) : il ne trouve pas {lost}.</translation>
    </message>
    <message>
        <source>The network does worse than single pixels in the few places of the split valid ({figures}), which cannot decide. It is kept, since it has learned from single pixels as well.</source>
        <translation>Le réseau fait moins bien que les pixels isolés dans les quelques endroits de la partition valid ({figures}), ce qui ne suffit pas à trancher. Il est gardé, car il a appris des pixels isolés aussi.</translation>
    </message>
    <message>
        <source>The network is worse than single pixels ({figures}): it learned its training patches by heart.</source>
        <translation>Le réseau est moins bon que les pixels isolés ({figures}) : il a appris par cœur ses imagettes d'apprentissage.</translation>
    </message>
    <message>
        <source>The network is better than single pixels ({figures}): these classes show in the surroundings of a pixel, such as texture and shape, and not in its colour alone.</source>
        <translation>Le réseau est meilleur que les pixels isolés ({figures}) : ces classes se voient aux alentours d'un pixel, par exemple à la texture et à la forme, et non à sa seule couleur.</translation>
    </message>
    <message>
        <source>The network is better than single pixels ({figures}): these values show in the surroundings of a pixel, such as texture and shape, and not in its colour alone.</source>
        <translation>Le réseau est meilleur que les pixels isolés ({figures}) : ces valeurs se voient aux alentours d'un pixel, par exemple à la texture et à la forme, et non à sa seule couleur.</translation>
    </message>
    <message>
        <source>The network is as good as single pixels ({figures}; the difference may be chance): as far as these labels tell, these classes show in the colour of each pixel. The architecture 'pixel' is trained and mapped many times faster.</source>
        <translation>Le réseau vaut autant que les pixels isolés ({figures} ; l'écart peut être dû au hasard) : pour autant que le disent ces étiquettes, ces classes se voient à la couleur de chaque pixel. L'architecture 'pixel' s'entraîne et cartographie bien plus vite.</translation>
    </message>
    <message>
        <source>The network is as good as single pixels ({figures}; the difference may be chance): as far as these labels tell, these values show in the colour of each pixel. The architecture 'pixel' is trained and mapped many times faster.</source>
        <translation>Le réseau vaut autant que les pixels isolés ({figures} ; l'écart peut être dû au hasard) : pour autant que le disent ces étiquettes, ces valeurs se voient à la couleur de chaque pixel. L'architecture 'pixel' s'entraîne et cartographie bien plus vite.</translation>
    </message>
    <message>
        <source>On the split valid the network hardly finds {missed}: the map may lack it. Draw more of it, in other places, or try larger patches.</source>
        <translation>Sur la partition valid, le réseau ne trouve presque pas {missed} : la carte risque d'en manquer. Dessinez-en davantage, à d'autres endroits, ou essayez des imagettes plus grandes.</translation>
    </message>
    <message>
        <source>{larger} against {usual}, on the split valid</source>
        <translation>{larger} contre {usual}, sur la partition valid</translation>
    </message>
    <message>
        <source>A larger network, trained for longer, is better than the usual one and is kept ({figures}).</source>
        <translation>Un réseau plus grand, entraîné plus longtemps, est meilleur que le réseau habituel et est gardé ({figures}).</translation>
    </message>
    <message>
        <source>A larger network, trained for longer, is not better than the usual one, which is kept ({figures}).</source>
        <translation>Un réseau plus grand, entraîné plus longtemps, n'est pas meilleur que le réseau habituel, qui est gardé ({figures}).</translation>
    </message>
    <message>
        <source>The result is a smaller network with stronger weight decay, which is not worse ({figure}).</source>
        <translation>Le résultat est un réseau plus petit à décroissance des poids plus forte, qui n'est pas moins bon ({figure}).</translation>
    </message>
    <message>
        <source>A smaller network with stronger weight decay is worse, too ({figure}).</source>
        <translation>Un réseau plus petit à décroissance des poids plus forte est moins bon, lui aussi ({figure}).</translation>
    </message>
    <message>
        <source>{what}: a wrong result.</source>
        <translation>{what} : un résultat faux.</translation>
    </message>
    <message>
        <source>The device {device} computes wrong results.</source>
        <translation>Le périphérique {device} calcule des résultats faux.</translation>
    </message>
    <message>
        <source>{expected} from a convolution and its gradient</source>
        <translation>{expected} d'une convolution et de son gradient</translation>
    </message>
    <message>
        <source>No GPU is used: no NVIDIA driver was found.</source>
        <translation>Aucun GPU n'est utilisé : aucun pilote NVIDIA n'a été trouvé.</translation>
    </message>
    <message>
        <source>No GPU is used: the variable CUDA_VISIBLE_DEVICES hides it.</source>
        <translation>Aucun GPU n'est utilisé : la variable CUDA_VISIBLE_DEVICES le cache.</translation>
    </message>
    <message>
        <source>No GPU is used, though there is an NVIDIA driver: TensorFlow computes on GPUs under Linux (x86-64) only. The processor does the work; on Windows, QGIS within the Windows Subsystem for Linux (WSL) can use it.</source>
        <translation>Aucun GPU n'est utilisé, bien qu'il y ait un pilote NVIDIA : TensorFlow ne calcule sur GPU que sous Linux (x86-64). Le processeur fait le travail ; sous Windows, QGIS dans le sous-système Windows pour Linux (WSL) peut l'utiliser.</translation>
    </message>
    <message>
        <source>No GPU is used, though there is an NVIDIA driver: this TensorFlow was built for the processor only. Run Set up the environment with the build 'gpu'.</source>
        <translation>Aucun GPU n'est utilisé, bien qu'il y ait un pilote NVIDIA : ce TensorFlow a été compilé pour le processeur seulement. Exécutez Installer l'environnement avec la variante 'gpu'.</translation>
    </message>
    <message>
        <source>No GPU is used, though there is an NVIDIA driver and TensorFlow was built for CUDA: it does not find a CUDA library, or the driver is too old for it. Run Set up the environment with the build 'gpu'.</source>
        <translation>Aucun GPU n'est utilisé, bien qu'il y ait un pilote NVIDIA et que TensorFlow ait été compilé pour CUDA : il ne trouve pas une bibliothèque CUDA, ou le pilote est trop ancien pour lui. Exécutez Installer l'environnement avec la variante 'gpu'.</translation>
    </message>
    <message>
        <source>The number of positions</source>
        <translation>Le nombre de positions</translation>
    </message>
    <message>
        <source>The number of patches</source>
        <translation>Le nombre d'imagettes</translation>
    </message>
    <message>
        <source>{count} patches of {patch} × {patch} pixels</source>
        <translation>{count} imagettes de {patch} × {patch} pixels</translation>
    </message>
    <message>
        <source>The loss</source>
        <translation>La perte</translation>
    </message>
    <message>
        <source>loss {loss:.3f}</source>
        <translation>perte {loss:.3f}</translation>
    </message>
    <message>
        <source>The sum of the probabilities</source>
        <translation>La somme des probabilités</translation>
    </message>
    <message>
        <source>The Keras file</source>
        <translation>Le fichier Keras</translation>
    </message>
    <message>
        <source>The weights</source>
        <translation>Les poids</translation>
    </message>
    <message>
        <source>SavedModel, {file} and weights agree</source>
        <translation>SavedModel, {file} et poids concordent</translation>
    </message>
    <message>
        <source>The map</source>
        <translation>La carte</translation>
    </message>
    <message>
        <source>{side} × {side} pixels, {share:.0%} of them right</source>
        <translation>{side} × {side} pixels, dont {share:.0%} de justes</translation>
    </message>
    <message>
        <source>GDAL's driver {driver}</source>
        <translation>Le pilote {driver} de GDAL</translation>
    </message>
    <message>
        <source>GDAL {version}, {count} drivers</source>
        <translation>GDAL {version}, {count} pilotes</translation>
    </message>
    <message>
        <source>The transformation from EPSG:4326 to EPSG:32633</source>
        <translation>La transformation de EPSG:4326 vers EPSG:32633</translation>
    </message>
    <message>
        <source>A sum by TensorFlow</source>
        <translation>Une somme par TensorFlow</translation>
    </message>
    <message>
        <source>Keras does not compute by TensorFlow.</source>
        <translation>Keras ne calcule pas par TensorFlow.</translation>
    </message>
    <message>
        <source>Remove the variable KERAS_BACKEND, and start QGIS anew.</source>
        <translation>Supprimez la variable KERAS_BACKEND, et redémarrez QGIS.</translation>
    </message>
    <message>
        <source>A layer of Keras</source>
        <translation>Une couche de Keras</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>Une image</translation>
    </message>
    <message>
        <source>jinja2: a wrong result.</source>
        <translation>jinja2 : un résultat faux.</translation>
    </message>
    <message>
        <source>pictures, pages, and {id} by pystac {version}</source>
        <translation>images, pages, et {id} par pystac {version}</translation>
    </message>
    <message>
        <source>GDAL writes and reads rasters</source>
        <translation>GDAL écrit et lit des rasters</translation>
    </message>
    <message>
        <source>PROJ transforms coordinates</source>
        <translation>PROJ transforme des coordonnées</translation>
    </message>
    <message>
        <source>h5py writes and reads weights</source>
        <translation>h5py écrit et lit des poids</translation>
    </message>
    <message>
        <source>TensorFlow is loaded</source>
        <translation>TensorFlow est chargé</translation>
    </message>
    <message>
        <source>Keras is loaded</source>
        <translation>Keras est chargé</translation>
    </message>
    <message>
        <source>Each device computes</source>
        <translation>Chaque périphérique calcule</translation>
    </message>
    <message>
        <source>Patches are exported</source>
        <translation>Des imagettes sont exportées</translation>
    </message>
    <message>
        <source>A network is trained and saved</source>
        <translation>Un réseau est entraîné et enregistré</translation>
    </message>
    <message>
        <source>The saved network is loaded</source>
        <translation>Le réseau enregistré est chargé</translation>
    </message>
    <message>
        <source>A raster is mapped</source>
        <translation>Un raster est cartographié</translation>
    </message>
    <message>
        <source>Reports are written</source>
        <translation>Des rapports sont écrits</translation>
    </message>
    <message>
        <source>CLASS_FIELD, the field with the class of each feature, such as {fields}</source>
        <translation>CLASS_FIELD, le champ qui donne la classe de chaque entité, par exemple {fields}</translation>
    </message>
    <message>
        <source>CLASS_FIELD, the field with the class of each feature</source>
        <translation>CLASS_FIELD, le champ qui donne la classe de chaque entité</translation>
    </message>
    <message>
        <source>The class field of the layer {name} is missing.</source>
        <translation>Il manque le champ de classe de la couche {name}.</translation>
    </message>
    <message>
        <source>a field that is the same for all features of a class, such as {fields}</source>
        <translation>un champ qui est le même pour toutes les entités d'une classe, par exemple {fields}</translation>
    </message>
    <message>
        <source>a field that is the same for all features of a class</source>
        <translation>un champ qui est le même pour toutes les entités d'une classe</translation>
    </message>
    <message>
        <source>The field {field} of the layer {name} does not name classes: it differs from feature to feature.</source>
        <translation>Le champ {field} de la couche {name} ne nomme pas des classes : il diffère d'une entité à l'autre.</translation>
    </message>
    <message>
        <source>{count} different values in {count} features</source>
        <translation>{count} valeurs différentes dans {count} entités</translation>
    </message>
    <message>
        <source>Choose another class field.</source>
        <translation>Choisissez un autre champ de classe.</translation>
    </message>
    <message>
        <source>Make one with the field calculator.</source>
        <translation>Créez-en un avec la calculatrice de champ.</translation>
    </message>
    <message>
        <source>The field {class_field} of the layer {name} cannot name classes.</source>
        <translation>Le champ {class_field} de la couche {name} ne peut pas nommer des classes.</translation>
    </message>
    <message>
        <source>a field of numbers or of text</source>
        <translation>un champ de nombres ou de texte</translation>
    </message>
    <message>
        <source>Choose another field, or make one with the field calculator.</source>
        <translation>Choisissez un autre champ, ou créez-en un avec la calculatrice de champ.</translation>
    </message>
    <message>
        <source>The layer {name} cannot be used as positions.</source>
        <translation>La couche {name} ne peut pas servir de positions.</translation>
    </message>
    <message>
        <source>points, such as Sample positions makes</source>
        <translation>des points, tels qu'en produit Échantillonner des positions</translation>
    </message>
    <message>
        <source>{skipped} points of {name} are left out: they have no geometry or no class, or cannot be transformed to the raster's CRS.</source>
        <translation>{skipped} points de {name} sont laissés de côté : ils n'ont pas de géométrie ou pas de classe, ou ne peuvent pas être transformés dans le SCR du raster.</translation>
    </message>
    <message>
        <source>The vector layer {path} cannot be opened.</source>
        <translation>La couche vecteur {path} ne peut pas être ouverte.</translation>
    </message>
    <message>
        <source>The vector layer {path} has no features.</source>
        <translation>La couche vecteur {path} n'a pas d'entités.</translation>
    </message>
    <message>
        <source>Choose a layer, or a selection, that has some.</source>
        <translation>Choisissez une couche, ou une sélection, qui en a.</translation>
    </message>
    <message>
        <source>The vector layer {name} cannot be read to its end.</source>
        <translation>La couche vecteur {name} ne peut pas être lue jusqu'au bout.</translation>
    </message>
    <message>
        <source>a damaged file</source>
        <translation>un fichier endommagé</translation>
    </message>
    <message>
        <source>Repair the file, or make it again.</source>
        <translation>Réparez le fichier, ou refaites-le.</translation>
    </message>
    <message>
        <source>The layer {name} has no field {field}.</source>
        <translation>La couche {name} n'a pas de champ {field}.</translation>
    </message>
    <message>
        <source>The classes may be in {likely}.</source>
        <translation>Les classes sont peut-être dans {likely}.</translation>
    </message>
    <message>
        <source>The field {field} of the layer {name} cannot name classes.</source>
        <translation>Le champ {field} de la couche {name} ne peut pas nommer des classes.</translation>
    </message>
    <message>
        <source>a field of integers or of text</source>
        <translation>un champ d'entiers ou de texte</translation>
    </message>
    <message>
        <source>The CRS of the raster is unknown: both are taken to be in the same CRS.</source>
        <translation>Le SCR du raster est inconnu : les deux sont supposés avoir le même SCR.</translation>
    </message>
    <message>
        <source>The CRS of {name} is unknown: both are taken to be in the same CRS.</source>
        <translation>Le SCR de {name} est inconnu : les deux sont supposés avoir le même SCR.</translation>
    </message>
    <message>
        <source>Cancelled. What there was by then is kept.</source>
        <translation>Annulé. Ce qui existait jusque-là est conservé.</translation>
    </message>
    <message>
        <source>Starting Python</source>
        <translation>Démarrage de Python</translation>
    </message>
    <message>
        <source>The worker process cannot be started by {python}: {error}.</source>
        <translation>Le processus de calcul ne peut pas être démarré par {python} : {error}.</translation>
    </message>
    <message>
        <source>Run Set up the environment again, or name another Python in the variable GEODL_PYTHON.</source>
        <translation>Exécutez de nouveau Installer l'environnement, ou indiquez un autre Python dans la variable GEODL_PYTHON.</translation>
    </message>
    <message>
        <source>Giving the job to the worker</source>
        <translation>Remise de la tâche au processus de calcul</translation>
    </message>
    <message>
        <source>The worker process has not answered for {duration}.</source>
        <translation>Le processus de calcul n'a pas répondu depuis {duration}.</translation>
    </message>
    <message>
        <source>The worker process closed its output and did not end.</source>
        <translation>Le processus de calcul a fermé sa sortie et ne s'est pas terminé.</translation>
    </message>
    <message>
        <source>It gave no result.</source>
        <translation>Il n'a donné aucun résultat.</translation>
    </message>
    <message>
        <source>Loading GDAL</source>
        <translation>Chargement de GDAL</translation>
    </message>
    <message>
        <source>Loading TensorFlow</source>
        <translation>Chargement de TensorFlow</translation>
    </message>
    <message>
        <source>en</source>
        <translation>fr</translation>
    </message>
    <message>
        <source>Made by GeoDL {version}.</source>
        <translation>Produit par GeoDL {version}.</translation>
    </message>
    <message>
        <source>{labels} on the pixels of {image}</source>
        <translation>{labels} sur les pixels de {image}</translation>
    </message>
    <message>
        <source>labelled pixels</source>
        <translation>pixels étiquetés</translation>
    </message>
    <message>
        <source>of the image are labelled</source>
        <translation>de l'image sont étiquetés</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Classes</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Entités</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixels</translation>
    </message>
    <message>
        <source>Area (ha)</source>
        <translation>Surface (ha)</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Part</translation>
    </message>
    <message>
        <source>{source}: {bands} bands of {type}, patches of {side} × {side} pixels</source>
        <translation>{source} : {bands} bandes de type {type}, imagettes de {side} × {side} pixels</translation>
    </message>
    <message>
        <source>Labels {origin}.</source>
        <translation>Étiquettes {origin}.</translation>
    </message>
    <message>
        <source>patches</source>
        <translation>imagettes</translation>
    </message>
    <message>
        <source>labelled pixels on the ground</source>
        <translation>pixels étiquetés au sol</translation>
    </message>
    <message>
        <source>labelled pixels in all patches</source>
        <translation>pixels étiquetés dans toutes les imagettes</translation>
    </message>
    <message>
        <source>splits: {names}</source>
        <translation>partitions : {names}</translation>
    </message>
    <message>
        <source>Nothing to warn of.</source>
        <translation>Rien à signaler.</translation>
    </message>
    <message>
        <source>Labelled pixels</source>
        <translation>Pixels étiquetés</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>Std. dev.</source>
        <translation>Écart-type</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>Continuous values of {name}. In all patches of the split train, their mean is {mean} and their standard deviation {deviation}. Table and histogram: up to {count} patches of each split.</source>
        <translation>Valeurs continues de {name}. Dans toutes les imagettes de la partition train, leur moyenne est {mean} et leur écart-type {deviation}. Tableau et histogramme : jusqu'à {count} imagettes de chaque partition.</translation>
    </message>
    <message>
        <source>A labelled pixel counts once, however many patches show it.</source>
        <translation>Un pixel étiqueté compte une fois, quel que soit le nombre d'imagettes qui le montrent.</translation>
    </message>
    <message>
        <source>Patches may overlap: a pixel counts once for each patch that contains it.</source>
        <translation>Les imagettes peuvent se recouvrir : un pixel compte une fois pour chaque imagette qui le contient.</translation>
    </message>
    <message>
        <source>Sample patches</source>
        <translation>Exemples d'imagettes</translation>
    </message>
    <message>
        <source>Patches with many pixels of each class, chosen from {count} patches of the dataset; beside each image are its labels in the colours of the classes.</source>
        <translation>Imagettes avec beaucoup de pixels de chaque classe, choisies parmi {count} imagettes du jeu de données ; à côté de chaque image, ses étiquettes dans les couleurs des classes.</translation>
    </message>
    <message>
        <source>Patches from low to high values, chosen from {count} patches of the dataset; above each image is the mean of its labels, and beside it the labels.</source>
        <translation>Imagettes des valeurs basses aux valeurs hautes, choisies parmi {count} imagettes du jeu de données ; au-dessus de chaque image, la moyenne de ses étiquettes, et à côté, les étiquettes.</translation>
    </message>
    <message>
        <source>Patches from low to high values, chosen from {count} patches of the dataset; above each image is the mean of its labels.</source>
        <translation>Imagettes des valeurs basses aux valeurs hautes, choisies parmi {count} imagettes du jeu de données ; au-dessus de chaque image, la moyenne de ses étiquettes.</translation>
    </message>
    <message>
        <source>Images show the red, green and blue bands of {source}, or its first ones, stretched from the 2nd to the 98th percentile; grey: no data.</source>
        <translation>Les images montrent les bandes rouge, verte et bleue de {source}, ou ses premières, étirées du 2e au 98e centile ; gris : sans données.</translation>
    </message>
    <message>
        <source>Band values</source>
        <translation>Valeurs des bandes</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Sans données</translation>
    </message>
    <message>
        <source>Histograms: {count} patches; dashed lines mark the 2nd and 98th percentile. Tables: all patches of the split train.</source>
        <translation>Histogrammes : {count} imagettes ; les tirets marquent les 2e et 98e centiles. Tableaux : toutes les imagettes de la partition train.</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Provenance</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>Tout fonctionne.</translation>
    </message>
    <message>
        <source>A tiny network was trained, saved, loaded and applied, in the same way as by the algorithms of GeoDL.</source>
        <translation>Un réseau minuscule a été entraîné, enregistré, chargé et appliqué, comme le font les algorithmes de GeoDL.</translation>
    </message>
    <message>
        <source>What to do:</source>
        <translation>Que faire :</translation>
    </message>
    <message>
        <source>Copy for an issue</source>
        <translation>Copier pour un rapport de bogue</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Copier en JSON</translation>
    </message>
    <message>
        <source>The trial</source>
        <translation>L'essai</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>non atteint</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Ordinateur</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliothèques</translation>
    </message>
    <message>
        <source>Libraries of which several programs bring their own version, with the step that loaded them. The JSON lists all libraries.</source>
        <translation>Bibliothèques dont plusieurs programmes apportent leur propre version, avec l'étape qui les a chargées. Le JSON énumère toutes les bibliothèques.</translation>
    </message>
    <message>
        <source>For an issue</source>
        <translation>Pour un rapport de bogue</translation>
    </message>
    <message>
        <source>The text contains no user name, no computer name and no password; please check it before you send it.</source>
        <translation>Le texte ne contient ni nom d'utilisateur, ni nom d'ordinateur, ni mot de passe ; vérifiez-le avant de l'envoyer.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copié.</translation>
    </message>
    <message>
        <source>Press Ctrl+C (on a Mac ⌘C) to copy the selected text.</source>
        <translation>Appuyez sur Ctrl+C (⌘C sur un Mac) pour copier le texte sélectionné.</translation>
    </message>
    <message>
        <source>Evaluation on the split {split}</source>
        <translation>Évaluation sur la partition {split}</translation>
    </message>
    <message>
        <source>A model that was trained on these patches does better on them than on others.</source>
        <translation>Un modèle entraîné sur ces imagettes fait mieux sur elles que sur d'autres.</translation>
    </message>
    <message>
        <source>A model whose best epoch was chosen by these patches does a little better on them than on others.</source>
        <translation>Un modèle dont la meilleure époque a été choisie par ces imagettes fait un peu mieux sur elles que sur d'autres.</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Jeu de données</translation>
    </message>
    <message>
        <source>{map} against {reference}</source>
        <translation>{map} comparé à {reference}</translation>
    </message>
    <message>
        <source>overall {accuracy} of the whole map</source>
        <translation>{accuracy} de toute la carte</translation>
    </message>
    <message>
        <source>labelled points of a random sample</source>
        <translation>points étiquetés d'un échantillon aléatoire</translation>
    </message>
    <message>
        <source>overall {accuracy}</source>
        <translation>{accuracy}</translation>
    </message>
    <message>
        <source>overall accuracy of the classes of the map</source>
        <translation>précision globale des classes de la carte</translation>
    </message>
    <message>
        <source>mean {figure}</source>
        <translation>{figure} moyen</translation>
    </message>
    <message>
        <source>mean F1 of the classes of the map</source>
        <translation>F1 moyen des classes de la carte</translation>
    </message>
    <message>
        <source>reference pixels</source>
        <translation>pixels de référence</translation>
    </message>
    <message>
        <source>The whole map</source>
        <translation>La carte entière</translation>
    </message>
    <message>
        <source>Overall accuracy: &lt;b&gt;{accuracy}&lt;/b&gt;</source>
        <translation>Précision globale : &lt;b&gt;{accuracy}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Share of the area</source>
        <translation>Part de la surface</translation>
    </message>
    <message>
        <source>Area ({unit})</source>
        <translation>Surface ({unit})</translation>
    </message>
    <message>
        <source>Mapped ({unit})</source>
        <translation>Cartographié ({unit})</translation>
    </message>
    <message>
        <source>The reference is a stratified random sample of {points} points, so &lt;b&gt;the intervals hold&lt;/b&gt;: of a hundred such samples, about 95 give intervals with the true value in them.</source>
        <translation>La référence est un échantillon aléatoire stratifié de {points} points, donc &lt;b&gt;les intervalles sont valables&lt;/b&gt; : sur cent échantillons de ce genre, environ 95 donnent des intervalles qui contiennent la vraie valeur.</translation>
    </message>
    <message>
        <source>Shares and areas are those of the classes on the ground, estimated from the points; areas that are counted on a map are wrong by the map's errors (Olofsson et al. 2014, Good practices for estimating area and assessing accuracy of land change).</source>
        <translation>Les parts et les surfaces sont celles des classes au sol, estimées d'après les points ; les surfaces comptées sur une carte ont les erreurs de la carte (Olofsson et al. 2014, Good practices for estimating area and assessing accuracy of land change).</translation>
    </message>
    <message>
        <source>Shares and areas are those of the classes on the ground, estimated from the points, of the part of the map that counts; areas that are counted on a map are wrong by the map's errors (Olofsson et al. 2014, Good practices for estimating area and assessing accuracy of land change).</source>
        <translation>Les parts et les surfaces sont celles des classes au sol, estimées d'après les points, pour la partie de la carte qui compte ; les surfaces comptées sur une carte ont les erreurs de la carte (Olofsson et al. 2014, Good practices for estimating area and assessing accuracy of land change).</translation>
    </message>
    <message>
        <source>An interval of ± 0 means that the sample has found no error: a larger one may.</source>
        <translation>Un intervalle de ± 0 signifie que l'échantillon n'a trouvé aucune erreur : un plus grand peut en trouver.</translation>
    </message>
    <message>
        <source>The sample was drawn from another map than this one, which the estimates allow for (Stehman 2014, Estimating area and map accuracy for stratified random sampling when the strata are different from the map classes).</source>
        <translation>L'échantillon a été tiré d'une autre carte que celle-ci, ce dont les estimations tiennent compte (Stehman 2014, Estimating area and map accuracy for stratified random sampling when the strata are different from the map classes).</translation>
    </message>
    <message>
        <source>There are no estimates yet: at least two points of each stratum must be labelled.</source>
        <translation>Il n'y a pas encore d'estimations : au moins deux points de chaque strate doivent être étiquetés.</translation>
    </message>
    <message>
        <source>Accuracy by class</source>
        <translation>Précision par classe</translation>
    </message>
    <message>
        <source>Confusion matrix of the points</source>
        <translation>Matrice de confusion des points</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Surfaces</translation>
    </message>
    <message>
        <source>Share of the map</source>
        <translation>Part de la carte</translation>
    </message>
    <message>
        <source>Adjusted share&lt;br&gt;(95 % interval)</source>
        <translation>Part ajustée&lt;br&gt;(intervalle à 95 %)</translation>
    </message>
    <message>
        <source>Adjusted area in {unit}&lt;br&gt;(95 % interval)</source>
        <translation>Surface ajustée en {unit}&lt;br&gt;(intervalle à 95 %)</translation>
    </message>
    <message>
        <source>Area-adjusted overall accuracy: &lt;b&gt;{accuracy} %&lt;/b&gt;</source>
        <translation>Précision globale ajustée aux surfaces : &lt;b&gt;{accuracy} %&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Adjusted shares are corrected for the errors of the map, with 95 % confidence intervals, after Olofsson et al. (2014), Good practices for estimating area and assessing accuracy of land change. The method assumes that the reference pixels are a random sample of each mapped class. Pixels of polygons drawn by hand are not: the intervals are then too narrow, often many times. &lt;i&gt;Draw a sample to judge a map&lt;/i&gt; makes points for which they hold.</source>
        <translation>Les parts ajustées sont corrigées des erreurs de la carte, avec des intervalles de confiance à 95 %, d'après Olofsson et al. (2014), Good practices for estimating area and assessing accuracy of land change. La méthode suppose que les pixels de référence sont un échantillon aléatoire de chaque classe cartographiée. Les pixels de polygones dessinés à la main ne le sont pas : les intervalles sont alors trop étroits, souvent de plusieurs fois. &lt;i&gt;Tirer un échantillon pour juger une carte&lt;/i&gt; produit des points pour lesquels ils sont valables.</translation>
    </message>
    <message>
        <source>Adjusted areas need at least two reference pixels in every mapped class.</source>
        <translation>Les surfaces ajustées demandent au moins deux pixels de référence dans chaque classe cartographiée.</translation>
    </message>
    <message>
        <source>{kind}, network {architecture}, {weights} weights.</source>
        <translation>{kind}, réseau {architecture}, {weights} poids.</translation>
    </message>
    <message>
        <source>{kind}, {weights} weights.</source>
        <translation>{kind}, {weights} poids.</translation>
    </message>
    <message>
        <source>Output: &lt;b&gt;{name}&lt;/b&gt;.</source>
        <translation>Sortie : &lt;b&gt;{name}&lt;/b&gt;.</translation>
    </message>
    <message>
        <source>Output: &lt;b&gt;{name}&lt;/b&gt;; its receptive field was measured by running the network.</source>
        <translation>Sortie : &lt;b&gt;{name}&lt;/b&gt; ; son champ récepteur a été mesuré en exécutant le réseau.</translation>
    </message>
    <message>
        <source>Output: &lt;b&gt;{name}&lt;/b&gt;; its receptive field follows from the layers.</source>
        <translation>Sortie : &lt;b&gt;{name}&lt;/b&gt; ; son champ récepteur se déduit des couches.</translation>
    </message>
    <message>
        <source>total stride</source>
        <translation>pas total</translation>
    </message>
    <message>
        <source>valid margin</source>
        <translation>marge valide</translation>
    </message>
    <message>
        <source>receptive field of a pixel</source>
        <translation>champ récepteur d'un pixel</translation>
    </message>
    <message>
        <source>recommended CROP</source>
        <translation>CROP recommandé</translation>
    </message>
    <message>
        <source>{pixels}: blocks must start at multiples of so many pixels; otherwise the map shows seams, as layers with strides put their kernels elsewhere.</source>
        <translation>{pixels} : les blocs doivent commencer à des multiples de ce nombre de pixels ; sinon la carte montre des coutures, car les couches à pas placent leurs noyaux ailleurs.</translation>
    </message>
    <message>
        <source>{pixels}: so many pixels at the border of a block's output are not valid, because of padding ({before} at the top and left, {after} at the bottom and right).</source>
        <translation>{pixels} : ce nombre de pixels au bord de la sortie d'un bloc n'est pas valide, à cause du remplissage (padding ; {before} en haut et à gauche, {after} en bas et à droite).</translation>
    </message>
    <message>
        <source>Receptive field of a pixel</source>
        <translation>Champ récepteur d'un pixel</translation>
    </message>
    <message>
        <source>{side}: a pixel of the output depends on at most {side} × {side} pixels of the input.</source>
        <translation>{side} : un pixel de la sortie dépend d'au plus {side} × {side} pixels de l'entrée.</translation>
    </message>
    <message>
        <source>Scale factor</source>
        <translation>Facteur d'échelle</translation>
    </message>
    <message>
        <source>{scale}: pixel size of the output / pixel size of the input.</source>
        <translation>{scale} : taille de pixel de la sortie / taille de pixel de l'entrée.</translation>
    </message>
    <message>
        <source>How to apply it</source>
        <translation>Comment l'appliquer</translation>
    </message>
    <message>
        <source>{crop}: pixels dropped on each side of a block's output; the valid margin, rounded up to a multiple of the total stride.</source>
        <translation>{crop} : pixels retirés de chaque côté de la sortie d'un bloc ; la marge valide, arrondie au multiple supérieur du pas total.</translation>
    </message>
    <message>
        <source>{field}: pixels of the map that a block gives; any multiple of the total stride is exact, larger values are faster and take more memory.</source>
        <translation>{field} : pixels de la carte que donne un bloc ; tout multiple du pas total est exact, des valeurs plus grandes sont plus rapides et prennent plus de mémoire.</translation>
    </message>
    <message>
        <source>{field}: pixels of the image that are read for a block, {formula}.</source>
        <translation>{field} : pixels de l'image qui sont lus pour un bloc, {formula}.</translation>
    </message>
    <message>
        <source>Apply a model to a raster uses these values unless you choose others.</source>
        <translation>Appliquer un modèle à un raster utilise ces valeurs, sauf si vous en choisissez d'autres.</translation>
    </message>
    <message>
        <source>In OTBTF's TensorflowModelServe, with tiles and strips that make it fast:</source>
        <translation>Dans TensorflowModelServe d'OTBTF, avec des tuiles et des bandes qui le rendent rapide :</translation>
    </message>
    <message>
        <source>Layers, for an input of {side} × {side} pixels</source>
        <translation>Couches, pour une entrée de {side} × {side} pixels</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Noyau</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation>Dilatation</translation>
    </message>
    <message>
        <source>Output size</source>
        <translation>Taille de sortie</translation>
    </message>
    <message>
        <source>Valid output size</source>
        <translation>Taille de sortie valide</translation>
    </message>
    <message>
        <source>input</source>
        <translation>entrée</translation>
    </message>
    <message>
        <source>Valid: the same as in a larger image, where padding does not reach.</source>
        <translation>Valide : identique à une image plus grande, là où le remplissage n'arrive pas.</translation>
    </message>
    <message>
        <source>“none”: an image of {side} × {side} pixels is so small that padding reaches every pixel of this layer. That is no fault: the network still sees what lies around, and maps are made in blocks large enough. Inspect the model with a larger input size to see the valid sizes.</source>
        <translation>« aucun » : une image de {side} × {side} pixels est si petite que le remplissage atteint chaque pixel de cette couche. Ce n'est pas un défaut : le réseau voit quand même ce qu'il y a autour, et les cartes sont faites par blocs assez grands. Inspectez le modèle avec une taille d'entrée plus grande pour voir les tailles valides.</translation>
    </message>
    <message>
        <source>Layers that work pixel by pixel are left out.</source>
        <translation>Les couches qui travaillent pixel par pixel sont omises.</translation>
    </message>
    <message>
        <source>The model contains no layer graph, so that its layers cannot be listed. For an input of {side} × {side} pixels, its output has {given} × {given} pixels, of which {valid} × {valid} are valid: the same as in a larger image.</source>
        <translation>Le modèle ne contient pas de graphe de couches : ses couches ne peuvent pas être énumérées. Pour une entrée de {side} × {side} pixels, sa sortie a {given} × {given} pixels, dont {valid} × {valid} sont valides : identiques à ceux d'une image plus grande.</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Entrées</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <source>Pixel size / first input's</source>
        <translation>Taille de pixel / celle de la première entrée</translation>
    </message>
    <message>
        <source>Bands of {source}: {bands}.</source>
        <translation>Bandes de {source} : {bands}.</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Sorties</translation>
    </message>
    <message>
        <source>Also cropped by</source>
        <translation>Aussi rognée de</translation>
    </message>
    <message>
        <source>Value in the map</source>
        <translation>Valeur dans la carte</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Vocabulaire</translation>
    </message>
    <message>
        <source>Where the splits lie</source>
        <translation>Où se trouvent les partitions</translation>
    </message>
    <message>
        <source>The labelled places on the image, in the colours of their splits</source>
        <translation>Les endroits étiquetés sur l'image, dans les couleurs de leurs partitions</translation>
    </message>
    <message>
        <source>Labelled places that patches show, in the colours of their splits; very small ones are enlarged. The farther valid and test lie from train, and the more places they have, the more the figures tell of the rest of the image.</source>
        <translation>Les endroits étiquetés que montrent les imagettes, dans les couleurs de leurs partitions ; les très petits sont agrandis. Plus valid et test sont loin de train, et plus ils ont d'endroits, plus les chiffres en disent sur le reste de l'image.</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>polygons</source>
        <translation>polygones</translation>
    </message>
    <message>
        <source>Pixels in all patches</source>
        <translation>Pixels dans toutes les imagettes</translation>
    </message>
    <message>
        <source>Numbers of labelled pixels in all patches. Patches may overlap: a pixel counts once for each patch that contains it, so these numbers say little about how much was labelled. Export the dataset again to have them counted on the ground.</source>
        <translation>Nombres de pixels étiquetés dans toutes les imagettes. Les imagettes peuvent se recouvrir : un pixel compte une fois pour chaque imagette qui le contient, donc ces nombres en disent peu sur ce qui a été étiqueté. Exportez à nouveau le jeu de données pour qu'ils soient comptés au sol.</translation>
    </message>
    <message>
        <source>Labelled pixels on the ground: each counts once, however many patches show it.</source>
        <translation>Pixels étiquetés au sol : chacun compte une fois, quel que soit le nombre d'imagettes qui le montrent.</translation>
    </message>
    <message>
        <source>Labelled pixels on the ground: each counts once, however many patches show it, and so does each of the polygons.</source>
        <translation>Pixels étiquetés au sol : chacun compte une fois, quel que soit le nombre d'imagettes qui le montrent, et il en va de même de chaque polygone.</translation>
    </message>
    <message>
        <source>Labelled pixels on the ground: each counts once, however many patches show it, and so does each of the features.</source>
        <translation>Pixels étiquetés au sol : chacun compte une fois, quel que soit le nombre d'imagettes qui le montrent, et il en va de même de chaque entité.</translation>
    </message>
    <message>
        <source>The patches overlap: in all of them together, a pixel is seen several times.</source>
        <translation>Les imagettes se recouvrent : dans leur ensemble, un pixel est vu plusieurs fois.</translation>
    </message>
    <message>
        <source>{users_accuracy}&lt;br&gt;(precision)</source>
        <translation>{users_accuracy}&lt;br&gt;(précision)</translation>
    </message>
    <message>
        <source>{producers_accuracy}&lt;br&gt;(recall)</source>
        <translation>{producers_accuracy}&lt;br&gt;(rappel)</translation>
    </message>
    <message>
        <source>Labelled pixels&lt;br&gt;on the ground</source>
        <translation>Pixels étiquetés&lt;br&gt;au sol</translation>
    </message>
    <message>
        <source>Reference pixels</source>
        <translation>Pixels de référence</translation>
    </message>
    <message>
        <source>User's accuracy: of the pixels that are called the class, the share that are. Producer's accuracy: of the pixels that are the class, the share that are found. F1: the harmonic mean of both. IoU: the pixels that prediction and reference have in common, divided by those that either has.</source>
        <translation>Précision utilisateur : parmi les pixels attribués à la classe, la part de ceux qui en sont. Précision producteur : parmi les pixels de la classe, la part de ceux qui sont trouvés. F1 : la moyenne harmonique des deux. IoU : les pixels communs à la prédiction et à la référence, divisés par ceux de l'une ou de l'autre.</translation>
    </message>
    <message>
        <source>Reference ↓ &amp;nbsp; Predicted →</source>
        <translation>Référence ↓ &amp;nbsp; Prédiction →</translation>
    </message>
    <message>
        <source>Numbers of points, and their shares of the reference class: each row sums to 100 %.</source>
        <translation>Nombres de points, et leurs parts de la classe de référence : la somme de chaque ligne est 100 %.</translation>
    </message>
    <message>
        <source>Numbers of pixels, and their shares of the reference class: each row sums to 100 %.</source>
        <translation>Nombres de pixels, et leurs parts de la classe de référence : la somme de chaque ligne est 100 %.</translation>
    </message>
    <message>
        <source>Where patches overlap, a pixel counts once for each.</source>
        <translation>Là où des imagettes se recouvrent, un pixel compte une fois pour chacune.</translation>
    </message>
    <message>
        <source>None: all labelled pixels of all patches are correct.</source>
        <translation>Aucune : tous les pixels étiquetés de toutes les imagettes sont corrects.</translation>
    </message>
    <message>
        <source>Mean {confidence}</source>
        <translation>Moyenne de la {confidence}</translation>
    </message>
    <message>
        <source>Share of correct pixels</source>
        <translation>Part de pixels corrects</translation>
    </message>
    <message>
        <source>Expected calibration error</source>
        <translation>Erreur de calibration attendue (ECE)</translation>
    </message>
    <message>
        <source>The confidence of a pixel is the probability that the network gives to the class it chooses. Of all pixels with a confidence of 0.8, 80 % should be correct: the bars then end at the dashed line. The expected calibration error is their mean distance from it, weighted by their pixels (Guo et al. 2017); grey bars have too few pixels to tell anything.</source>
        <translation>La confiance d'un pixel est la probabilité que le réseau donne à la classe qu'il choisit. De tous les pixels de confiance 0.8, 80 % devraient être corrects : les barres s'arrêtent alors à la ligne en tirets. L'erreur de calibration attendue est leur distance moyenne à cette ligne, pondérée par leurs pixels (Guo et al. 2017) ; les barres grises ont trop peu de pixels pour que l'on puisse en juger.</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>Erreur absolue moyenne (MAE)</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Biais</translation>
    </message>
    <message>
        <source>Labelled pixels, in the unit of the labels; values beyond an axis count at its end. R²: the share of the labels' variance that the predictions explain (1: all of it). RMSE: the root mean square error. Bias: the mean error.</source>
        <translation>Pixels étiquetés, dans l'unité des étiquettes ; les valeurs hors d'un axe comptent à son extrémité. R² : la part de la variance des étiquettes que les prédictions expliquent (1 : la totalité). RMSE : l'erreur quadratique moyenne. Biais : l'erreur moyenne.</translation>
    </message>
    <message>
        <source>Best patches</source>
        <translation>Meilleures imagettes</translation>
    </message>
    <message>
        <source>Worst patches</source>
        <translation>Pires imagettes</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Calibration</translation>
    </message>
    <message>
        <source>Calibration error before</source>
        <translation>Erreur de calibration avant</translation>
    </message>
    <message>
        <source>after</source>
        <translation>après</translation>
    </message>
    <message>
        <source>Negative log-likelihood before</source>
        <translation>Log-vraisemblance négative avant</translation>
    </message>
    <message>
        <source>Of a sample of the labelled pixels. The probabilities are right for pixels like those with labels. Where the map shows what you drew no example of, the network is less often right than they say.</source>
        <translation>Sur un échantillon des pixels étiquetés. Les probabilités sont justes pour des pixels semblables à ceux qui ont une étiquette. Là où la carte montre ce dont vous n'avez dessiné aucun exemple, le réseau a moins souvent raison qu'elles ne le disent.</translation>
    </message>
    <message>
        <source>best {epoch} of {epochs}</source>
        <translation>meilleure {epoch} sur {epochs}</translation>
    </message>
    <message>
        <source>training time</source>
        <translation>durée de l'apprentissage</translation>
    </message>
    <message>
        <source>Compared with single pixels</source>
        <translation>Comparaison avec les pixels isolés</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>&lt;b&gt;{network}&lt;/b&gt; (saved)</source>
        <translation>&lt;b&gt;{network}&lt;/b&gt; (enregistré)</translation>
    </message>
    <message>
        <source>Learning curves</source>
        <translation>Courbes d'apprentissage</translation>
    </message>
    <message>
        <source>The loss says how wrong the network is; it should fall for valid as well. Where valid gets worse while train gets better, the network learns by heart. Training figures are those of augmented patches and weighted classes, so validation figures (valid) may be better.</source>
        <translation>La perte dit à quel point le réseau se trompe ; elle devrait baisser aussi pour valid. Là où valid se dégrade alors que train s'améliore, le réseau apprend par cœur. Les chiffres d'apprentissage (train) sont ceux d'imagettes augmentées et de classes pondérées : ceux de validation (valid) peuvent donc être meilleurs.</translation>
    </message>
    <message>
        <source>The epoch with the lowest validation loss is kept; of classes, that of calibrated probabilities.</source>
        <translation>L'époque dont la perte de validation est la plus basse est gardée ; pour des classes, celle des probabilités calibrées.</translation>
    </message>
    <message>
        <source>Without a split valid, the last epoch is kept.</source>
        <translation>Sans partition valid, la dernière époque est gardée.</translation>
    </message>
    <message>
        <source>The best epoch was chosen by these patches: on others, the network may do a little worse.</source>
        <translation>La meilleure époque a été choisie par ces imagettes : sur d'autres, le réseau peut faire un peu moins bien.</translation>
    </message>
    <message>
        <source>These patches were not used in the training.</source>
        <translation>Ces imagettes n'ont pas servi à l'apprentissage.</translation>
    </message>
    <message>
        <source>Each row is a resolution: the size of a patch in pixels. Blue blocks lead to coarser pixels, green ones back to finer pixels; dashed arrows hand values on unchanged. “conv 3×3” is a convolution, “/2” makes one pixel of 2 × 2, “up-conv” does the reverse.</source>
        <translation>Chaque ligne est une résolution : la taille d'une imagette en pixels. Les blocs bleus mènent à des pixels plus grossiers, les verts reviennent à des pixels plus fins ; les flèches en tirets transmettent les valeurs sans les changer. « conv 3×3 » est une convolution, « /2 » fait un pixel de 2 × 2, « up-conv » fait l'inverse.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Origin of the data</source>
        <translation>Provenance des données</translation>
    </message>
    <message>
        <source>Parameters, time and device</source>
        <translation>Paramètres, durée et périphérique</translation>
    </message>
    <message>
        <source>{map} against {reference}: {values}</source>
        <translation>{map} comparé à {reference} : {values}</translation>
    </message>
    <message>
        <source>root mean square error</source>
        <translation>erreur quadratique moyenne (RMSE)</translation>
    </message>
    <message>
        <source>mean absolute error</source>
        <translation>erreur absolue moyenne (MAE)</translation>
    </message>
    <message>
        <source>reference features</source>
        <translation>entités de référence</translation>
    </message>
    <message>
        <source>Map and reference</source>
        <translation>Carte et référence</translation>
    </message>
    <message>
        <source>R² is the share of the reference's variance that the map explains: 1 is perfect, 0 is no better than the mean, and below 0 it is worse. Errors are map − reference, in the unit of the values; the bias is their mean.</source>
        <translation>R² est la part de la variance de la référence que la carte explique : 1 est parfait, 0 ne vaut pas mieux que la moyenne, et au-dessous de 0 c'est pire. Les erreurs sont carte − référence, dans l'unité des valeurs ; le biais est leur moyenne.</translation>
    </message>
    <message>
        <source>Of each polygon, the mean of the map in it is compared with its value.</source>
        <translation>Pour chaque polygone, la moyenne de la carte à l'intérieur est comparée à sa valeur.</translation>
    </message>
</context>
</TS>
