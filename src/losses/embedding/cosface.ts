import { defineRowLoss } from '../define.ts';
import { classIndex, cosines } from '../inputs.ts';
import { marginSoftmax } from '../math/margin-softmax.ts';
import { ignoreIndex, number } from '../params.ts';

export const cosface = defineRowLoss({
  name: 'cosface',
  aliases: ['am-softmax', 'additive-margin-softmax', 'large-margin-cosine', 'lmcl'],
  task: 'embedding',
  summary: 'Cross-entropy of cosines in which the one of the true class is lowered by a margin: face recognition, speakers.',
  inputs: { target: classIndex('class of the row'), logits: cosines('cosine with the centre of each class') },
  params: {
    margin: number('what is taken off the cosine of the true class', 0.35, { min: 0, max: 2 }),
    scale: number('what the cosines are multiplied by', 64, { min: 0, open: true }),
    ignoreIndex,
  },
  formula: {
    text: '-ln softmax(scale c)[target], where the cosine of the target is lowered by margin',
    latex: String.raw`-\ln\frac{e^{s(\cos\theta_y-m)}}{e^{s(\cos\theta_y-m)}+\sum_{c\ne y}e^{s\cos\theta_c}}`,
  },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, symmetric: false, robust: false },
  references: [
    {
      title: 'Wang et al. (2018), CosFace: Large Margin Cosine Loss for Deep Face Recognition',
      url: 'https://arxiv.org/abs/1801.09414',
    },
    { title: 'Wang et al. (2018), Additive Margin Softmax for Face Verification', url: 'https://arxiv.org/abs/1801.05599' },
  ],
  pitfalls: [
    'It takes cosines, without scale: raw logits, or cosines times 64, are out of range.',
    'The margin is added while training. For a comparison of models evaluate cross-entropy of scale times cosine, or set margin 0.',
    'scale is 64 here and in the paper, 30 in AM-Softmax and in much code for speakers.',
  ],
  equivalents: {
    pml: {
      call: 'pytorch_metric_learning.losses.CosFaceLoss(num_classes, embedding_size, margin=0.35, scale=64)',
      note: 'takes embeddings and holds the centres',
    },
    insightface: 'CosFace(s=64.0, m=0.40), then cross-entropy',
  },
  examples: [
    {
      inputs: { target: [0], logits: [[0.8, 0.3]] },
      params: { margin: 0.5, scale: 4 },
      losses: [0.6931471805599453],
      note: '0.8 - 0.5 = 0.3: a tie, ln 2',
    },
  ],
  kernel({ target, logits }, { margin, scale }, n, out) {
    const { data, width } = logits;
    for (let i = 0; i < n; i++) {
      const own = i * width + target.data[i];
      out[i] = marginSoftmax(data, i * width, width, own, data[own] - margin, scale);
    }
  },
});
