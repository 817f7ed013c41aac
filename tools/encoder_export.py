"""The student as the file that mediakit/encoder.py runs: int8 weights, one text at a time; see train_encoder.py."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from encoder_net import Net
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

# word pieces; 1 for those of the target; the places that are read: the first and the target's, or all
INPUTS, OUTPUTS = ["ids", "types", "read"], ["tone", "rating"]


class Lean(nn.Module):
    """What Net computes of one text, without padding, and in the last layer without what no head reads."""

    def __init__(self, net: Net) -> None:
        """Take the weights of a network, which must be a BERT."""
        super().__init__()
        self.net, self.heads = net, net.body.config.num_attention_heads

    def forward(self, ids: Any, types: Any, read: Any) -> tuple[Any, Any]:
        """Logits of negative, neutral and positive, read from the first place and the others; rating, from all read."""
        body = self.net.body
        states = body.embeddings(input_ids=ids.unsqueeze(0), token_type_ids=types.unsqueeze(0))
        *layers, last = body.encoder.layer
        for layer in layers:
            states = self.layer(layer, states, states)
        found = self.layer(last, states.index_select(1, read), states)
        tone = self.net.tone(torch.cat([found[:, 0], found[:, 1:].mean(1)], -1))
        return tone[0], self.net.rating(found.mean(1))[0, 0]

    def layer(self, layer: Any, asking: Any, states: Any) -> Any:
        """A layer's answer for some of the places, which look at all of them."""
        width = self.net.body.config.hidden_size
        by_head = 1, -1, self.heads, width // self.heads
        own = layer.attention.self
        query = own.query(asking).view(by_head).transpose(1, 2)
        key, value = (part(states).view(by_head).transpose(1, 2) for part in (own.key, own.value))
        weights = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(by_head[3]), -1)
        found = layer.attention.output((weights @ value).transpose(1, 2).reshape(1, -1, width), asking)
        return layer.output(layer.intermediate(found), found)


def write(net: Net, path: Path, work: Path) -> None:
    """Write the network to a file of at most 25 MB."""
    lean, plain = Lean(net.eval()), str(work / "plain.onnx")
    example = torch.tensor([101, 1, 2023, 2, 102]), torch.tensor([0, 1, 1, 1, 0]), torch.tensor([0, 1, 2, 3])
    free = {"ids": {0: "length"}, "types": {0: "length"}, "read": {0: "places"}}
    torch.onnx.export(
        lean,
        example,
        plain,
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=free,
        dynamo=False,
        opset_version=17,
    )
    kinds = ["MatMul", "Gather", "Gemm"]
    quantize_dynamic(
        plain,
        str(path),
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=kinds,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
