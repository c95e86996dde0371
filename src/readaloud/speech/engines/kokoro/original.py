"""The ONNX file as it comes: its decoder's weights in float, and parts of its graph as new files.

The decoder is iSTFTNet in the form of StyleTTS 2 (Kokoro-82M, ``istftnet.py``). The export has
split each of its convolutions into five nodes; names still tell which module they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from readaloud.speech.engines.kokoro.onnx_file import name_outputs, parse, to_array

ALIGNED = "/encoder/MatMul_1_output_0"
"""Text features, a column a frame of 25 ms: float32 (1, 512, frames)."""
PITCH = "/encoder/Reshape_output_0"
"""F0 in hertz, two values a frame: float32 (1, 2 * frames)."""
NOISE = "/encoder/Reshape_1_output_0"
"""Energy, as ``PITCH``."""
DURATIONS = "/encoder/Clip_output_0"
"""Frames of each token: float32 (1, tokens)."""
_DECODER = "/decoder/decoder/"
_WEIGHTED = {"ConvInteger", "MatMulInteger", "Conv", "ConvTranspose"}

Weights = Mapping[str, np.ndarray]
"""By module and role, as in PyTorch: ``generator.resblocks.0.convs1.0.weight``."""


def load(path: Path) -> Any:
    """The file as a message of ``onnx_file``."""
    return parse(path.read_bytes())


def read_weights(model: Any) -> dict[str, np.ndarray]:
    """All weights of the decoder in float32.

    Convolutions are (out, in, kernel), transposed ones (in, out, kernel), linear layers (out, in).
    """
    constants = {item.name: item for item in model.graph.initializer}

    def value(name: str) -> np.ndarray:
        return to_array(constants[name])

    weights = {}
    for node in model.graph.node:
        if node.op_type in _WEIGHTED and node.name.startswith(_DECODER):
            weights[f"{_module(node.name)}.weight"] = _weight(node, value)
    for name in constants:
        module = name.removeprefix("decoder.decoder.")
        if module != name and (name.endswith(".bias") or ".alpha" in name):
            weights[module] = value(name).reshape(-1)
    weights["generator.m_source.l_linear.weight"] = value("onnx::MatMul_6993").T
    weights["istft.basis"] = value("decoder.decoder.generator.stft.istft.stft.inverse_basis")
    weights["istft.window_sum"] = value("decoder.decoder.generator.stft.istft.stft.window_sum")
    return weights


def _module(node_name: str) -> str:
    """``/decoder/decoder/asr_res/asr_res.0/Conv_quant`` -> ``asr_res.0``."""
    path = node_name.removeprefix(_DECODER).split("/")[:-1]
    if len(path) > 1 and path[1].startswith(f"{path[0]}."):
        path = path[1:]
    return ".".join(path)


def _weight(node: Any, value: Callable[[str], np.ndarray]) -> np.ndarray:
    name = node.input[1]
    if node.op_type in {"Conv", "ConvTranspose"}:
        return np.asarray(value(name), dtype=np.float32)
    stem = name.removesuffix("_quantized")
    quantized = value(name).astype(np.float32) - value(node.input[3]).astype(np.float32)
    weight: np.ndarray = (quantized * value(f"{stem}_scale")).astype(np.float32)
    return weight.T if node.op_type == "MatMulInteger" else weight


def add_output(model: Any, names: Sequence[str]) -> bytes:
    """The whole graph with more of its values as outputs."""
    whole = type(model)()
    whole.CopyFrom(model)
    whole.graph.output.extend(name_outputs(names))
    return bytes(whole.SerializeToString())


def cut(model: Any, outputs: Sequence[str]) -> bytes:
    """The part of the graph that makes ``outputs``, with the same inputs."""
    makers = {output: node for node in model.graph.node for output in node.output}
    needed: set[str] = set()
    waiting = list(outputs)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += makers[name].input if name in makers else []
    part = type(model)()
    part.CopyFrom(model)
    graph = part.graph
    nodes = [node for node in graph.node if not needed.isdisjoint(node.output)]
    used = {name for node in nodes for name in node.input}
    constants = [item for item in graph.initializer if item.name in used]
    for field, items in ((graph.node, nodes), (graph.initializer, constants)):
        kept = [type(item).FromString(item.SerializeToString()) for item in items]
        del field[:]
        field.extend(kept)
    del graph.output[:]
    graph.output.extend(name_outputs(outputs))
    del graph.value_info[:]
    return bytes(part.SerializeToString())
