import { defineRowLoss } from '../define.ts';
import { classIndex, cosines } from '../inputs.ts';
import { marginSoftmax } from '../math/margin-softmax.ts';
import { ignoreIndex, number } from '../params.ts';

export const arcface = defineRowLoss({
  name: 'arcface',
  aliases: ['additive-angular-margin', 'aam-softmax'],
  task: 'embedding',
  summary: 'Cross-entropy of cosines in which the angle to the true class is widened by a margin: face recognition, speakers.',
  inputs: { target: classIndex('class of the row'), logits: cosines('cosine with the centre of each class') },
  params: {
    margin: number('what is added to the angle, in radians', 0.5, { min: 0, max: Math.PI }),
    scale: number('what the cosines are multiplied by', 64, { min: 0, open: true }),
    ignoreIndex,
  },
  formula: {
    text: '-ln softmax(scale c)[target], where the cosine of the target becomes cos(angle + margin), or cos(angle) - margin sin(margin) where that angle passes pi',
    latex: String.raw`-\ln\frac{e^{s\cos(\theta_y+m)}}{e^{s\cos(\theta_y+m)}+\sum_{c\ne y}e^{s\cos\theta_c}}`,
  },
  unit: 'nats',
  properties: { differentiable: false, symmetric: false, robust: false },
  references: [
    {
      title: 'Deng et al. (2019), ArcFace: Additive Angular Margin Loss for Deep Face Recognition',
      url: 'https://arxiv.org/abs/1801.07698',
    },
  ],
  pitfalls: [
    'It takes cosines, without scale: raw logits, or cosines times 64, are out of range.',
    'The margin is in radians: pytorch-metric-learning takes degrees (28.6 is 0.5 radians).',
    'The margin is added while training. For a comparison of models evaluate cross-entropy of scale times cosine, or set margin 0.',
    'Sub-centre ArcFace has several centres a class: pass the largest cosine of each class.',
    'Where the widened angle passes pi the code of the paper steps to cos(angle) - margin sin(margin), which is not continuous.',
  ],
  equivalents: {
    pml: {
      call: 'pytorch_metric_learning.losses.ArcFaceLoss(num_classes, embedding_size, margin=28.6, scale=64)',
      params: { margin: (28.6 * Math.PI) / 180 },
      note: 'takes embeddings and holds the centres; its margin is in degrees',
    },
    insightface: 'ArcFace(s=64.0, margin=0.5), then cross-entropy',
  },
  examples: [
    {
      inputs: { target: [0], logits: [[0.8, 0.3]] },
      params: { margin: 0.5, scale: 4 },
      losses: [0.4902800387935833],
      note: 'an angle of 0.64 becomes 1.14',
    },
    {
      inputs: { target: [0], logits: [[1, 0]] },
      params: { margin: 0, scale: 1 },
      losses: [0.31326168751822286],
      note: 'ln(1 + 1/e): plain cross-entropy',
    },
  ],
  kernel({ target, logits }, { margin, scale }, n, out) {
    const { data, width } = logits;
    const [cosine, sine] = [Math.cos(margin), Math.sin(margin)];
    for (let i = 0; i < n; i++) {
      const own = i * width + target.data[i];
      const c = data[own];
      const value = c > -cosine ? c * cosine - Math.sqrt(Math.max(0, (1 - c) * (1 + c))) * sine : c - margin * sine;
      out[i] = marginSoftmax(data, i * width, width, own, value, scale);
    }
  },
});
