import { defineRowLoss } from '../define.ts';
import { logits, optionalClasses } from '../inputs.ts';
import { generalizedKlOfLog } from '../math/divergence.ts';
import { times } from '../math/logarithm.ts';
import { distanceFromTop, indexOfMax, logTail } from '../math/softmax.ts';
import { boolean, number } from '../params.ts';
import { eachLikelihood } from './of-likelihood.ts';

export const distillation = defineRowLoss({
  name: 'distillation',
  aliases: ['kd', 'hinton', 'knowledge-distillation'],
  task: 'multiclass',
  summary: 'How far a student is from the softened distribution of a teacher, mixed with cross-entropy against the labels.',
  inputs: {
    target: optionalClasses('class index, or a probability for each class: for the part of the labels'),
    logits: logits('logits of the student'),
    teacherLogits: logits('logits of the teacher'),
  },
  params: {
    temperature: number('both are divided by it before softmax, for the part of the teacher', 2, { min: 0, open: true }),
    alpha: number('share of the part of the teacher; 1 needs no target', 0.5, { min: 0, max: 1 }),
    tSquared: boolean('the part of the teacher times temperature squared, so that its gradient keeps its size', true),
  },
  refuse({ alpha }, roles) {
    if (alpha === 1 || roles.includes('target')) return undefined;
    return '--alpha below 1 mixes in the labels, and no --target names them: give it, or --alpha 1';
  },
  formula: {
    text: 'alpha T^2 D(softmax(t / T) || softmax(s / T)) + (1 - alpha) cross-entropy(s, target);  t teacher, s student, T temperature',
    latex: String.raw`\alpha T^2\,D_{\mathrm{KL}}\!\left(\sigma(t/T)\,\|\,\sigma(s/T)\right)+(1-\alpha)\left(-\ln\sigma(s)_y\right)`,
  },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, symmetric: false, robust: false },
  references: [
    {
      title: 'Hinton, Vinyals and Dean (2015), Distilling the Knowledge in a Neural Network',
      url: 'https://arxiv.org/abs/1503.02531',
    },
  ],
  pitfalls: [
    'In PyTorch the part of the teacher needs kl_div with reduction="batchmean"; its default mean is C times too small.',
    'Values for different temperatures are not comparable, even with T squared.',
    'Some codes give alpha to the labels and 1 - alpha to the teacher.',
    'The entropy of the teacher is taken off: a cross-entropy against its distribution is larger by that.',
  ],
  equivalents: {
    torch:
      'alpha * T * T * F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean") + (1 - alpha) * F.cross_entropy(s, y)',
  },
  examples: [
    {
      inputs: { target: [0], logits: [[0, 0]], teacherLogits: [[2, 0]] },
      losses: [0.5684617336234273],
      value: 0.5684617336234273,
    },
    { inputs: { logits: [[1, 0, 3]], teacherLogits: [[1, 0, 3]] }, params: { alpha: 1 }, losses: [0], value: 0 },
  ],
  kernel({ target, logits: { data, width }, teacherLogits }, { temperature, alpha, tSquared }, n, out) {
    if (target) eachLikelihood(target, { role: 'logits', data, width }, 0, n, out, (x) => x);
    else out.fill(0, 0, n);
    const teacher = teacherLogits.data;
    const soft = tSquared ? alpha * temperature * temperature : alpha;
    const scaledTeacher = new Float64Array(width);
    const scaledStudent = new Float64Array(width);
    for (let i = 0; i < n; i++) {
      const start = i * width;
      for (let c = 0; c < width; c++) {
        scaledTeacher[c] = teacher[start + c] / temperature;
        scaledStudent[c] = data[start + c] / temperature;
      }
      const topT = indexOfMax(scaledTeacher, 0, width);
      const topS = indexOfMax(scaledStudent, 0, width);
      const tailT = logTail(scaledTeacher, 0, width, topT);
      const tailS = logTail(scaledStudent, 0, width, topS);
      let divergence = 0;
      for (let c = 0; c < width; c++) {
        const t = distanceFromTop(scaledTeacher[topT], scaledTeacher[c]) + tailT; // -ln p
        const s = distanceFromTop(scaledStudent[topS], scaledStudent[c]) + tailS; // -ln q
        divergence += generalizedKlOfLog(Math.exp(-t), Math.exp(-s), s - t);
      }
      out[i] = times(soft, divergence) + times(1 - alpha, out[i]);
    }
  },
});
