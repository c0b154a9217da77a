import { defineGroupLoss } from '../define.ts';
import { classIndex, logits, oneOf, probs } from '../inputs.ts';
import { lovaszExtension } from '../math/lovasz.ts';
import { indexOfMax, logTail, negativeLog } from '../math/softmax.ts';
import { choice, ignoreIndex, temperature } from '../params.ts';

export const lovaszSoftmax = defineGroupLoss({
  name: 'lovasz-softmax',
  aliases: ['lovasz-multiclass'],
  task: 'segmentation',
  summary: 'Errors of class probabilities, weighted so that they extend the mean jaccard loss over classes to soft predictions.',
  inputs: {
    target: classIndex('class of the pixel'),
    scores: oneOf({ probs: probs('a probability for each class'), logits: logits('a score for each class, before softmax') }),
  },
  params: {
    absent: choice('a class that no pixel has: left out of the mean, or its loss as it is', ['skip', 'score'], 'skip'),
    ignoreIndex,
    temperature,
  },
  formula: {
    text: 'mean over classes c of sum over k of m_k (J_k - J_k-1);  m = |[target = c] - p_c| in falling order, J_k as in lovasz-hinge',
    latex: String.raw`\frac1{|C|}\sum_{c\in C}\overline{\Delta_{J_c}}\bigl(m(c)\bigr),\quad m_i(c)=\bigl|\mathbb 1[y_i=c]-p_{ic}\bigr|`,
  },
  unit: 'ratio',
  properties: { convexIn: 'probs', differentiable: 'almost-everywhere', minimum: 0, maximum: 1, symmetric: false, robust: true },
  values: 'group',
  cost: 'a sort of all pixels of a group for each class, which are held in memory; give each image its group, or leave it out for one value over all',
  references: [{ title: 'Berman, Triki and Blaschko (2018), The Lovász-Softmax loss', url: 'https://arxiv.org/abs/1705.08790' }],
  pitfalls: [
    'A row is a pixel here, with a probability for each class; images are groups.',
    'Over all images at once and averaged over images (--group) are two numbers, as with jaccard.',
    'absent skip is classes="present" of the reference code, absent score is "all": a class that no pixel has then costs its highest probability.',
    'It extends the jaccard loss of each class: hard predictions give exactly 1 - mean IoU over the classes counted.',
  ],
  equivalents: {
    lovasz: 'lovasz_softmax(probas, labels, classes="present", per_image=False) of bermanmaxim/LovaszSoftmax',
    smp: 'segmentation_models_pytorch.losses.LovaszLoss("multiclass", per_image=False)(logits, target)',
  },
  examples: [
    {
      inputs: {
        target: [0, 1, 1],
        probs: [
          [0.75, 0.25],
          [0.5, 0.5],
          [0, 1],
        ],
      },
      losses: [0.3333333333333333],
      value: 0.3333333333333333,
      note: 'the mean of 0.375 for class 0 and 0.2917 for class 1',
    },
    {
      inputs: {
        target: [0, 1, 1],
        probs: [
          [1, 0],
          [1, 0],
          [0, 1],
        ],
      },
      losses: [0.5],
      value: 0.5,
      note: 'hard predictions: 1 - the mean of two IoUs of one half',
    },
  ],
  kernel({ target, scores }, { absent }, n, out) {
    const { role, data, width } = scores;
    const [errors, inside] = [new Float64Array(n), new Uint8Array(n)];
    const tops = new Float64Array(role === 'logits' ? n : 0);
    const tails = new Float64Array(role === 'logits' ? n : 0);
    for (let i = 0; i < tops.length; i++) {
      const at = indexOfMax(data, i * width, width);
      tops[i] = data[at];
      tails[i] = logTail(data, i * width, width, at);
    }
    let sum = 0;
    let classes = 0;
    for (let c = 0; c < width; c++) {
      let present = 0;
      for (let i = 0; i < n; i++) {
        const y = target.data[i];
        inside[i] = y === c ? 1 : 0;
        present += inside[i];
        const x = data[i * width + c];
        const loss = role === 'logits' ? negativeLog('logits', x, tops[i], tails[i]) : 0;
        const p = role === 'logits' ? Math.exp(-loss) : x;
        const error = inside[i] ? (role === 'logits' ? -Math.expm1(-loss) : 1 - p) : p;
        errors[i] = error + 0 * y; // a missing class is no error of any size
      }
      if (present === 0 && absent === 'skip') continue;
      sum += lovaszExtension(errors, inside);
      classes++;
    }
    out[0] = sum / classes;
  },
});
