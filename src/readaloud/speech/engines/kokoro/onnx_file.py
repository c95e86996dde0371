"""ONNX files as protobuf messages, by the few fields that are looked at or changed here.

onnxruntime runs ONNX files and writes none; the package ``onnx`` does, and is 28 MB with what it
brings. Fields that are not named here are kept as they come. Numbers are those of ``onnx.proto``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

_FIELDS: dict[str, tuple[tuple[str, int, str, bool], ...]] = {
    "Model": (("graph", 7, "Graph", False),),
    "Graph": (
        ("node", 1, "Node", True),
        ("initializer", 5, "Tensor", True),
        ("output", 12, "ValueInfo", True),
        ("value_info", 13, "ValueInfo", True),
    ),
    "Node": (
        ("input", 1, "string", True),
        ("output", 2, "string", True),
        ("name", 3, "string", False),
        ("op_type", 4, "string", False),
    ),
    "Tensor": (
        ("dims", 1, "int64", True),
        ("data_type", 2, "int32", False),
        ("float_data", 4, "float", True),
        ("int32_data", 5, "int32", True),
        ("int64_data", 7, "int64", True),
        ("name", 8, "string", False),
        ("raw_data", 9, "bytes", False),
    ),
    "ValueInfo": (("name", 1, "string", False),),
}
"""Of each message: name, number, kind, and whether there are several."""
_TYPES = {1: "<f4", 2: "u1", 3: "i1", 6: "<i4", 7: "<i8"}
"""``TensorProto.DataType``: those that the export's weights have."""


def parse(data: bytes) -> Any:
    """The model (google.protobuf.message.DecodeError where it is none)."""
    return _message_class("Model").FromString(data)


def name_outputs(names: Iterable[str]) -> list[Any]:
    """A graph's outputs, for its field ``output``; their types follow from the graph."""
    return [_message_class("ValueInfo")(name=name) for name in names]


def to_array(tensor: Any) -> np.ndarray:
    """A tensor's numbers (KeyError and ValueError where it is not of the export's kind)."""
    kind = np.dtype(_TYPES[tensor.data_type])
    if tensor.raw_data:
        numbers = np.frombuffer(tensor.raw_data, kind)
    else:
        listed = tensor.float_data or tensor.int64_data or tensor.int32_data
        numbers = np.array(listed, dtype=kind)
    return numbers.reshape(tuple(tensor.dims))


@lru_cache
def _message_class(name: str) -> Any:
    from google.protobuf import message_factory

    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"readaloud.{name}"))


@lru_cache
def _pool() -> Any:
    """The messages' descriptions, apart from those of other packages in this process."""
    from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Field
    from google.protobuf.descriptor_pb2 import FileDescriptorProto
    from google.protobuf.descriptor_pool import DescriptorPool

    file = FileDescriptorProto(name="onnx_file.proto", package="readaloud", syntax="proto2")
    for message_name, fields in _FIELDS.items():
        message = file.message_type.add(name=message_name)
        for name, number, kind, repeated in fields:
            field = message.field.add(name=name, number=number)
            field.label = Field.LABEL_REPEATED if repeated else Field.LABEL_OPTIONAL
            if kind in _FIELDS:
                field.type, field.type_name = Field.TYPE_MESSAGE, f".readaloud.{kind}"
            else:
                field.type = getattr(Field, f"TYPE_{kind.upper()}")
    pool = DescriptorPool()
    pool.Add(file)
    return pool
