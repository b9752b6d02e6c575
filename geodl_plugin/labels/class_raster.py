"""Classes in a raster file: names, colours and no-data, as GIS programs read them."""

from __future__ import annotations

from osgeo import gdal

from .classes import Class, ClassList

_MAXIMUM_CATEGORIES = 4096  # category names are a list from 0 on: with huge values it would be mostly empty


def write_classes(band: gdal.Band, classes: ClassList, nodata: float | None = None) -> None:
    """Describe the values of a band: no-data, attribute table, category names and colour table.

    Args:
        band: of integers, and still without values: newer GDALs change no colour table once there are some.
        classes: the meaning of its values.
        nodata: the value of pixels without a class; None: `ClassList.nodata`.
    """
    nodata = classes.nodata if nodata is None else nodata
    band.SetNoDataValue(nodata)
    band.SetDescription("class")
    table = gdal.RasterAttributeTable()
    kind = gdal.GFT_Integer if max(classes.values) < 2**31 else gdal.GFT_Real
    table.CreateColumn("Value", kind, gdal.GFU_MinMax)
    table.CreateColumn("Class", gdal.GFT_String, gdal.GFU_Name)
    for name, usage in (("Red", gdal.GFU_Red), ("Green", gdal.GFU_Green), ("Blue", gdal.GFU_Blue)):
        table.CreateColumn(name, gdal.GFT_Integer, usage)
    table.SetRowCount(len(classes))
    for row, each in enumerate(classes.classes):
        table.SetValueAsDouble(row, 0, each.value)
        table.SetValueAsString(row, 1, each.name)
        for column, part in enumerate(_rgb(each.color), start=2):
            table.SetValueAsInt(row, column, part)
    band.SetDefaultRAT(table)
    if min(classes.values) >= 0 and max(classes.values) < _MAXIMUM_CATEGORIES:
        names = [""] * (max(classes.values) + 1)
        for each in classes.classes:
            names[each.value] = each.name
        band.SetCategoryNames(names)
    if band.DataType in (gdal.GDT_Byte, gdal.GDT_UInt16):
        colors = gdal.ColorTable()
        for each in classes.classes:
            colors.SetColorEntry(each.value, (*_rgb(each.color), 255))
        colors.SetColorEntry(int(nodata), (0, 0, 0, 0))
        band.SetColorTable(colors)


def read_names(band: gdal.Band) -> dict[int, str]:
    """Read the names of class values, from the attribute table or else the category names.

    Values that are not whole numbers and names that consist of blanks are ignored.

    Args:
        band: of a raster of classes.

    Returns:
        Names by value; empty if there are none.
    """
    table = band.GetDefaultRAT()
    if table is not None:
        value, name = table.GetColOfUsage(gdal.GFU_MinMax), table.GetColOfUsage(gdal.GFU_Name)
        if value >= 0 and name >= 0:
            rows = [
                (table.GetValueAsDouble(row, value), table.GetValueAsString(row, name))
                for row in range(table.GetRowCount())
            ]
            return {int(code): text for code, text in rows if code.is_integer() and text.strip()}
    return {value: name for value, name in enumerate(band.GetCategoryNames() or []) if name.strip()}


def read_classes(path: str) -> ClassList:
    """Read the classes that `write_classes` described in a raster file.

    Args:
        path: the raster.
    """
    dataset = gdal.Open(path)
    names = read_names(dataset.GetRasterBand(1))
    return described(ClassList.from_values(names), dataset.GetRasterBand(1))


def described(classes: ClassList, band: gdal.Band) -> ClassList:
    """Give classes the names and colours that a band has for their values.

    Args:
        classes: their names and colours remain where the band has none.
        band: of a raster of classes.

    Returns:
        The classes.
    """
    names, table = read_names(band), band.GetColorTable()
    result = []
    for each in classes.classes:
        color = each.color
        if table is not None and 0 <= each.value < table.GetCount():
            color = "#{:02x}{:02x}{:02x}".format(*table.GetColorEntry(each.value)[:3])
        result.append(Class(each.value, names.get(each.value, each.name), color))
    return ClassList(tuple(result))


def _rgb(color: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(color.lstrip("#"))
    return red, green, blue
