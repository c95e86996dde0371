"""Make anew what the embedded voice's 8-bit decoder knows of its activations.

Twelve sentences in eight voices go through the decoder in float; kept are, for each convolution
that can take 8-bit numbers, the least and the largest value of each channel. Only after a change of
the weights or of ``decoder.py``; then raise ``RECIPE`` in ``derived.py``.

python tests/benchmarks/calibrate.py
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from readaloud.config.voices import load_voices
from readaloud.speech.engines.kokoro import calibration, decoder, fast, original
from readaloud.speech.engines.kokoro.inputs import inputs_of, symbols_of
from readaloud.speech.engines.kokoro.weights import find_model
from readaloud.spoken import pronounce

SENTENCES = (
    "春天的早晨，公园里有许多人在锻炼身体，孩子们在草地上放风筝。",
    "你知道这件事是谁做的吗？我们都觉得非常奇怪！",
    "二零二三年，全国粮食总产量达到六亿九千五百四十一万吨。",
    "医生建议，每天喝足够的水，少吃油腻的食物。",
    "列车从北京西站出发，途经石家庄、郑州、武汉，最后到达广州南站。",
    "好，现在开始。",
    "外交部发言人说，双方同意继续就气候变化问题加强合作。",
    "他轻轻地推开门，屋里一个人也没有，只有钟在嘀嗒嘀嗒地走。",
    "根据初步统计，上半年进出口总额同比增长百分之三点七。",
    "Wi-Fi密码是多少？请看App里的说明。",
    "暴雨红色预警！请立即转移到安全地带。",
    "曾祖母住在四川省自贡市，喜欢吃热乎乎的豆花。",
)


def feeds() -> Iterator[fast.Feed]:
    """What goes into the decoder for each sentence in each voice."""
    model = original.load(find_model())
    around = fast.around_of(original.read_weights(model))
    front = fast.Front(original.cut(model, fast.BETWEEN), around)
    for voice in load_voices().values():
        if voice.engine == "kokoro":
            for sentence in SENTENCES:
                said = pronounce(sentence, voice)
                yield front.run(inputs_of(said, symbols_of(said), voice))


def main() -> None:
    """Write ``calibration.npz`` beside the decoder."""
    weights = original.read_weights(original.load(find_model()))
    run = fast.compile_model(decoder.build(weights, {}, observe=True))
    bounds: dict[str, np.ndarray] = {}
    for feed in feeds():
        for name, value in run(feed.arrays()).items():
            if name.startswith("low "):
                bounds[name] = np.minimum(bounds.get(name, value), value)
            elif name.startswith("high "):
                bounds[name] = np.maximum(bounds.get(name, value), value)
    kept = {name: value.astype(np.float16) for name, value in sorted(bounds.items())}
    np.savez_compressed(calibration.PATH, **kept)  # type: ignore[arg-type]
    print(f"{len(kept) // 2} convolutions, {calibration.PATH.stat().st_size} bytes")


if __name__ == "__main__":
    main()
