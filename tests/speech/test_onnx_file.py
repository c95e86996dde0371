"""ONNX files are read and written here as the package ``onnx``, which only tests need, does it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import onnx
import pytest
from google.protobuf.message import DecodeError
from onnx import numpy_helper

from readaloud.config.voices import load_voices
from readaloud.speech.engines.kokoro import fast, original
from readaloud.speech.engines.kokoro.inputs import inputs_of, symbols_of
from readaloud.speech.engines.kokoro.onnx_file import parse, to_array
from readaloud.speech.engines.kokoro.plain import PlainPath, open_session
from readaloud.speech.engines.kokoro.weights import find_model
from readaloud.spoken import pronounce


@lru_cache
def loaded() -> tuple[Any, onnx.ModelProto]:
    """The embedded voice's model, once by us and once by ``onnx``."""
    return original.load(find_model()), onnx.load(str(find_model()))


def test_all_numbers_of_the_model_are_read() -> None:
    ours, theirs = loaded()
    assert len(ours.graph.initializer) == len(theirs.graph.initializer) > 700
    for own, other in zip(ours.graph.initializer, theirs.graph.initializer, strict=True):
        expected, found = numpy_helper.to_array(other), to_array(own)
        assert (own.name, found.dtype, found.shape) == (other.name, expected.dtype, expected.shape)
        assert found.tobytes() == expected.tobytes()


def test_nothing_is_lost_on_the_way() -> None:
    ours, theirs = loaded()
    assert onnx.ModelProto.FromString(ours.SerializeToString()) == theirs


def test_a_graph_with_more_outputs_and_a_part_of_it() -> None:
    ours, theirs = loaded()
    whole = onnx.ModelProto.FromString(original.add_output(ours, [original.DURATIONS]))
    assert [output.name for output in whole.graph.output] == ["audio", original.DURATIONS]
    del whole.graph.output[-1]
    assert whole == theirs
    part = onnx.ModelProto.FromString(original.cut(ours, fast.BETWEEN))
    assert [output.name for output in part.graph.output] == list(fast.BETWEEN)
    assert part.opset_import == theirs.opset_import
    assert part.graph.input == theirs.graph.input
    nodes = {node.name: node for node in theirs.graph.node}
    assert all(node == nodes[node.name] for node in part.graph.node)
    assert len(part.graph.node) < len(nodes)


@pytest.mark.voice
def test_what_is_written_says_the_same() -> None:
    voice = load_voices()["xiaoxiao"]
    utterance = pronounce("今天下雨。", voice)
    inputs = inputs_of(utterance, symbols_of(utterance), voice)
    [expected] = open_session(find_model()).run(("audio",), inputs.arrays())
    found = PlainPath(original.add_output(loaded()[0], [original.DURATIONS])).run(inputs)
    assert np.array_equal(found.samples, expected.reshape(-1))


@pytest.mark.parametrize("kind", ["float32", "uint8", "int8", "int32", "int64"])
@pytest.mark.parametrize("raw", [True, False])
def test_numbers_in_both_forms(kind: str, raw: bool) -> None:
    values = np.array([[1, 0, 100], [7, 8, 9]], dtype=kind)
    if raw:
        tensor = numpy_helper.from_array(values, "x")
    else:
        data_type = onnx.helper.np_dtype_to_tensor_dtype(values.dtype)
        tensor = onnx.helper.make_tensor("x", data_type, values.shape, values.ravel().tolist())
    graph = onnx.helper.make_graph([], "g", [], [], [tensor])
    model = parse(onnx.helper.make_model(graph).SerializeToString())
    found = to_array(model.graph.initializer[0])
    assert found.dtype == values.dtype
    assert np.array_equal(found, values)


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(DecodeError):
        parse(b"\xff\xff no model")
