"""The decoder built anew for OpenVINO: the same function, in few operations, in float or int8.

What differs from the export (measured in ``tests/benchmarks/embedded.py``):

- Tensors are (1, channels, 1, length), so that convolutions and what stands between them keep the
  channels last and nothing is reordered.
- AdaIN is a product and a sum, by factors a channel that the style and two sums over x give.
- Snake, x + sin²(ax)/a, is h(u) = u + sin²(πu)/π of u = ax/π: a/π goes into the style layer before
  it, its inverse into the convolution behind it. The sine is a polynomial: an operation for the
  sine would take longer than the convolution.
- A transposed convolution is a convolution with more channels, whose output is put in a row.
- Convolutions with a ``Range`` take 8-bit numbers: an activation is scaled channel by channel, so
  that loud channels leave some steps to the quiet ones (G. Xiao et al., "SmoothQuant", 2023), and
  the weights are scaled back, one step size an output channel, small enough for processors without
  VNNI, which add two products in 16 bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from openvino import Model
from openvino import opset13 as ops

Weights = Mapping[str, np.ndarray]
_SINE = (0.655782225, -0.163265748, 14.0504519, -0.000295955538)
"""cos²(πx) = k((x² - b)² + c)² + d for |x| <= 1/2, off by 3e-4: squares stay in one operation."""
_EPSILON = 1e-5
_STEADY = ("generator.noise_res.0.adain1", "generator.noise_res.1.adain1")
"""Where a mean's square is up to 9,000 times the variance; elsewhere it is 900 times at most."""
INPUTS = ("aligned", "pitch", "noise", "source", "style")


@dataclass(frozen=True, slots=True)
class Range:
    """What goes into a convolution: a factor a channel, and the least and largest product."""

    factors: np.ndarray
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a convolution goes along its input."""

    pad: int
    stride: int = 1
    dilation: int = 1


@dataclass(frozen=True, slots=True)
class _Snaked:
    """A value that has yet to be multiplied by ``gain``, channel by channel."""

    node: Any
    gain: np.ndarray


def build(weights: Weights, ranges: Mapping[str, Range], *, observe: bool = False) -> Model:
    """The decoder as an OpenVINO model.

    Inputs, float32: ``aligned`` (1, 512, 1, frames), ``pitch`` and ``noise``
    (1, 1, 1, 2 * frames), ``source`` (1, 22, 1, 120 * frames + 1), ``style`` (1, 128, 1, 1).
    Output: ``spectrum`` (1, 22, 1, 120 * frames + 1). With ``observe`` there are two more outputs
    for each convolution that could have a range: ``low NAME`` and ``high NAME``, by channel.
    """
    return _Decoder(weights, ranges, observe).model()


class _Decoder:
    """The modules of ``istftnet.py``, by its names."""

    def __init__(self, weights: Weights, ranges: Mapping[str, Range], observe: bool) -> None:
        self._weights = weights
        self._ranges = ranges
        self._observe = observe
        self._observed: list[tuple[str, Any]] = []
        self._style = ops.parameter([1, 128, 1, 1], np.float32)

    def model(self) -> Model:
        aligned, pitch, noise, source = (
            ops.parameter([1, channels, 1, -1], np.float32) for channels in (512, 1, 1, 22)
        )
        curves = [self._conv(pitch, "F0_conv", 2), self._conv(noise, "N_conv", 2)]
        x = self._block(_join([aligned, *curves]), "encode")
        beside = [self._conv(aligned, "asr_res.0"), *curves]
        for number in range(4):
            x = self._block(_join([x, *beside]), f"decode.{number}", doubled=number == 3)
        spectrum = ops.result(self._generator(x, source))
        inputs = [aligned, pitch, noise, source, self._style]
        model = Model([spectrum, *(result for _, result in self._observed)], inputs, "decoder")
        for port, name in zip(model.inputs, INPUTS, strict=True):
            port.set_names({name})
        names = ["spectrum", *(name for name, _ in self._observed)]
        for port, name in zip(model.outputs, names, strict=True):
            port.set_names({name})
        return model

    def _generator(self, x: Any, source: Any) -> Any:
        for stage, (name, stride, kernels) in enumerate((("ups.0", 10, 3), ("ups.1", 6, 3))):
            x = _leaky(x, 0.1)
            from_source = self._conv(source, f"generator.noise_convs.{stage}", (6, 1)[stage])
            from_source = self._resblock(from_source, f"generator.noise_res.{stage}")
            x = self._upsample(x, f"generator.{name}", stride)
            if stage == 1:
                x = _join([_cut(x, 1, 2), x], axis=3)
            x = ops.add(x, from_source)
            blocks = [
                self._resblock(x, f"generator.resblocks.{stage * kernels + kernel}")
                for kernel in range(kernels)
            ]
            x = ops.multiply(ops.add(ops.add(blocks[0], blocks[1]), blocks[2]), np.float32(1 / 3))
        return self._conv(_leaky(x, 0.01), "generator.conv_post")

    def _block(self, x: Any, name: str, *, doubled: bool = False) -> Any:
        """``AdainResBlk1d``."""
        residual = _leaky(self._adain(x, f"{name}.norm1"), 0.2)
        if doubled:
            residual = self._pool(residual, f"{name}.pool")
        residual = self._conv(residual, f"{name}.conv1")
        residual = _leaky(self._adain(residual, f"{name}.norm2"), 0.2)
        residual = self._conv(residual, f"{name}.conv2")
        # A convolution of width 1 and repeating each column may change places.
        shortcut = self._conv(x, f"{name}.conv1x1")
        if doubled:
            shortcut = _repeat(shortcut)
        return ops.multiply(ops.add(residual, shortcut), np.float32(2**-0.5))

    def _resblock(self, x: Any, name: str) -> Any:
        """``AdaINResBlock1``."""
        for number, dilation in enumerate((1, 3, 5)):
            y = x
            for half, spread in ((1, dilation), (2, 1)):
                alpha = self._weights[f"{name}.alpha{half}.{number}"] / np.float32(np.pi)
                scale, shift = self._affine(y, f"{name}.adain{half}.{number}", alpha)
                y = _Snaked(_snake(y, scale, shift), 1 / alpha)
                y = self._conv(y, f"{name}.convs{half}.{number}", dilation=spread)
            x = ops.add(x, y)
        return x

    def _adain(self, x: Any, name: str) -> Any:
        """Normalised along the length, scaled and shifted as the style says."""
        scale, shift = self._affine(x, name, np.ones(1, np.float32))
        return ops.add(ops.multiply(x, scale), shift)

    def _affine(self, x: Any, name: str, gain: np.ndarray) -> tuple[Any, Any]:
        """AdaIN as a factor and a sum by channel, times ``gain``: x is read, and not written."""
        weight, bias = self._weights[f"{name}.fc.weight"], self._weights[f"{name}.fc.bias"]
        count = len(bias) // 2
        scale = self._linear(weight[:count] * gain[:, None], (bias[:count] + 1) * gain)
        shift = self._linear(weight[count:] * gain[:, None], bias[count:] * gain)
        mean = ops.reduce_mean(x, [2, 3], True)
        variance = _variance(x, mean, steady=name.startswith(_STEADY))
        scale = ops.divide(scale, ops.sqrt(ops.add(variance, np.float32(_EPSILON))))
        return scale, ops.subtract(shift, ops.multiply(mean, scale))

    def _linear(self, weight: np.ndarray, bias: np.ndarray) -> Any:
        """A value a channel, of the style; a convolution, because its output is channels-last."""
        value = ops.convolution(
            self._style, weight[:, :, None, None], [1, 1], [0, 0], [0, 0], [1, 1]
        )
        return ops.add(value, bias.reshape(1, -1, 1, 1))

    def _conv(self, x: Any, name: str, stride: int = 1, dilation: int = 1) -> Any:
        """``Conv1d`` as long as its input, or shorter by its stride."""
        weight = self._weights[f"{name}.weight"]
        pad = dilation * (weight.shape[2] - 1) // 2 if stride < 6 else stride // 2
        return self._convolve(x, name, weight, _Shape(pad, stride, dilation))

    def _convolve(self, x: Any, name: str, weight: np.ndarray, shape: _Shape) -> Any:
        """``weight`` (out, in, width)."""
        inward = np.ones(weight.shape[1], np.float32)
        if isinstance(x, _Snaked):
            x, inward = x.node, x.gain
        if self._observe and min(weight.shape[:2]) >= 64:
            self._watch(ops.multiply(x, inward.reshape(1, -1, 1, 1)), name)
        if name in self._ranges:
            x, kernel = _quantized(x, weight, inward, self._ranges[name])
        else:
            kernel = ops.constant((weight * inward[:, None])[:, :, None].astype(np.float32))
        pads = [0, shape.pad]
        node = ops.convolution(
            x, kernel, [1, shape.stride], pads, pads, [1, shape.dilation], name=name
        )
        bias = self._weights.get(f"{name}.bias")
        if bias is None:
            return node
        # A transposed convolution has the same bias for all its places in the row.
        return ops.add(node, np.tile(bias, weight.shape[0] // len(bias)).reshape(1, -1, 1, 1))

    def _upsample(self, x: Any, name: str, stride: int) -> Any:
        """A transposed convolution whose width is twice its stride, cut by half a stride each side.

        Each output has two inputs: (in, out, 2 * stride) -> (stride * out, in, 2).
        """
        weight = self._weights[f"{name}.weight"]
        count = weight.shape[1]
        late, early = weight[:, :, :stride], weight[:, :, stride:]
        pairs = np.stack((early, late), axis=-1).transpose(2, 1, 0, 3).reshape(-1, len(weight), 2)
        y = self._convolve(x, name, pairs, _Shape(pad=1))
        y = ops.reshape(y, [1, stride, count, -1], False)
        y = ops.reshape(ops.transpose(y, [0, 2, 3, 1]), [1, count, 1, -1], False)
        return _cut(y, stride // 2, -(stride // 2))

    def _pool(self, x: Any, name: str) -> Any:
        """A depthwise transposed convolution: twice as long."""
        weight = self._weights[f"{name}.weight"][:, :, None, None]
        y = ops.group_convolution_backprop_data(
            x, weight, [1, 2], None, [0, 1], [0, 1], [1, 1], output_padding=[0, 1]
        )
        return ops.add(y, self._weights[f"{name}.bias"].reshape(1, -1, 1, 1))

    def _watch(self, x: Any, name: str) -> None:
        for word, reduce in (("low", ops.reduce_min), ("high", ops.reduce_max)):
            self._observed.append((f"{word} {name}", ops.result(reduce(x, [0, 2, 3], False))))


def _variance(x: Any, mean: Any, *, steady: bool) -> Any:
    """Along the length, by channel: mean of squares less square of mean, with no value written.

    That loses its digits where a channel is ``steady``, its mean far above its deviation.
    """
    if steady:
        away = ops.power(ops.subtract(x, mean), np.float32(2))
        return ops.reduce_mean(away, [2, 3], True)
    norm = ops.reduce_l2(x, [2, 3], True)
    length = ops.convert(ops.gather(ops.shape_of(x), [3], 0), np.float32)
    square = ops.divide(ops.multiply(norm, norm), length)
    return ops.maximum(ops.subtract(square, ops.multiply(mean, mean)), np.float32(0))


def _snake(x: Any, scale: Any, shift: Any) -> Any:
    """Give u + sin²(πu)/π of u = x * scale + shift.

    The first summand and the second are computed from x by an operation each; were u shared, it
    would be written and read twice. The second counts in halves, so that nothing merges them.
    """
    b, c, k, d = _SINE
    two = np.float32(2)
    halves = ops.add(ops.multiply(x, ops.multiply(scale, two)), ops.multiply(shift, two))
    y = ops.subtract(ops.absolute(ops.mod(halves, two)), np.float32(1))
    y = ops.subtract(ops.multiply(ops.power(y, two), np.float32(0.25)), np.float32(b))
    y = ops.add(ops.power(y, two), np.float32(c))
    y = ops.add(ops.multiply(ops.power(y, two), np.float32(k / np.pi)), np.float32(d / np.pi))
    return ops.add(ops.add(ops.multiply(x, scale), shift), y)


def _quantized(x: Any, weight: np.ndarray, inward: np.ndarray, found: Range) -> tuple[Any, Any]:
    """What goes in, on 256 steps, and the weights, on as many an output channel as have room.

    Where there is no VNNI, the products of two neighbouring input channels are added in 16 bits,
    and what is too large is cut off (Intel's VPMADDUBSW): 255 times the weights of one sign there
    must not come to more than 32,767, so they come to 128 at most. Nearly all channels have that
    in weights of more than 100; halving all weights, the usual remedy, would cost 1.7 dB.
    """
    factors = (found.factors * inward).reshape(1, -1, 1, 1).astype(np.float32)
    low, high = np.float32(found.low), np.float32(found.high)
    x = ops.fake_quantize(x, low / factors, high / factors, low, high, 256)
    weight = weight / found.factors[:, None]
    count, width = weight.shape[0], weight.shape[2]
    pairs = weight.reshape(count, -1, 2, width)
    sums = np.maximum(pairs.clip(min=0).sum(axis=2), -pairs.clip(max=0).sum(axis=2))
    steps = sums.max(axis=(1, 2)).reshape(-1, 1, 1).clip(1e-9) / 127
    whole = np.clip(np.round(weight / steps), -127, 127).astype(np.int8)[:, :, None]
    steps = steps[:, :, None].astype(np.float32)
    return x, ops.multiply(ops.convert(ops.constant(whole), np.float32), steps)


def _leaky(x: Any, slope: float) -> Any:
    return ops.prelu(x, np.array([slope], np.float32))


def _join(parts: list[Any], axis: int = 1) -> Any:
    return ops.concat(parts, axis)


def _cut(x: Any, start: int, stop: int) -> Any:
    return ops.slice(x, [start], [stop], [1], [3])


def _repeat(x: Any) -> Any:
    """Each column twice."""
    channels = x.get_output_partial_shape(0)[1].get_length()
    twice = ops.concat([x, x], 2)
    return ops.reshape(ops.transpose(twice, [0, 1, 3, 2]), [1, channels, 1, -1], False)
