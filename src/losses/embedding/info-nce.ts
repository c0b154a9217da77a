import { defineGroupLoss } from '../define.ts';
import { embedding, optionalEmbeddings } from '../inputs.ts';
import { ScoreRow } from '../math/score-row.ts';
import { dot, unitVectors } from '../math/unit-vectors.ts';
import { boolean, choice, number } from '../params.ts';

export const infoNce = defineGroupLoss({
  name: 'info-nce',
  aliases: ['mnrl', 'multiple-negatives-ranking', 'in-batch-softmax'],
  task: 'embedding',
  summary: 'Cross-entropy of picking the partner of each query among all keys of the group: contrastive training.',
  inputs: {
    query: embedding('embedding that looks for its partner'),
    key: embedding('its partner, in the same row'),
    negatives: optionalEmbeddings("embeddings that are no partners of the row, in place of the other rows' keys"),
  },
  params: {
    temperature: number('what similarities are divided by', 0.07, { min: 0, open: true }),
    symmetric: boolean('mean of both directions, key to query as well (CLIP); only without negatives', false),
    similarity: choice('cosine: vectors are scaled to length 1; dot: taken as they are', ['cosine', 'dot'], 'cosine'),
  },
  refuse({ symmetric }, roles) {
    return symmetric && roles.includes('negatives')
      ? 'symmetric has no meaning with negatives: a negative has no query of its own'
      : undefined;
  },
  formula: {
    text: '-s_ii + ln sum over j of e^s_ij;  s_ij = similarity(query_i, key_j) / temperature',
    latex: String.raw`-\ln\frac{e^{s_{ii}}}{\sum_j e^{s_{ij}}},\quad s_{ij}=\operatorname{sim}(q_i,k_j)/\tau`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: false },
  values: 'row',
  alone: (roles) => roles.includes('negatives'),
  cost: 'time n^2 D and memory n D for a group of n rows of D dimensions; guessing costs ln n, so values of different group sizes cannot be compared. Rows with negatives of their own stream',
  references: [
    {
      title: 'van den Oord, Li and Vinyals (2018), Representation Learning with Contrastive Predictive Coding',
      url: 'https://arxiv.org/abs/1807.03748',
    },
    { title: 'Radford et al. (2021), Learning Transferable Visual Models (CLIP)', url: 'https://arxiv.org/abs/2103.00020' },
  ],
  pitfalls: [
    'The value depends on how many rows compete: guessing costs ln n. Fix the group (a column, or a batch size) and report it.',
    'Temperatures differ between libraries: 0.07 here and in CLIP at the start, 0.05 in SimCSE, 0.1 or 0.5 in SimCLR.',
    "Rows of a group that hold the same partner twice count as each other's negatives.",
    "CLIP's loss is the symmetric one.",
    'With similarity dot the length of the vectors acts as a temperature.',
  ],
  equivalents: {
    torch: 'torch.nn.functional.cross_entropy(normalize(query) @ normalize(key).T / temperature, torch.arange(n))',
    'sentence-transformers': 'MultipleNegativesRankingLoss(scale=1 / temperature): scale 20 by default',
    pml: 'pytorch_metric_learning.losses.NTXentLoss(temperature=0.07)(query, torch.arange(n), ref_emb=key, ref_labels=torch.arange(n))',
  },
  examples: [
    {
      inputs: {
        query: [[1, 0]],
        key: [[0.9, 0.1]],
        negatives: [
          [
            [0, 1],
            [-1, 0],
          ],
        ],
      },
      params: { temperature: 0.1 },
      losses: [4.8264412016360785e-5],
    },
    {
      inputs: {
        query: [
          [1, 0],
          [0, 1],
        ],
        key: [
          [1, 0],
          [0, 1],
        ],
      },
      params: { temperature: 1 },
      losses: [0.31326168751822286, 0.31326168751822286],
      note: 'ln(e + 1) - 1: each query has one partner and one other key',
    },
  ],
  kernel({ query, key, negatives }, { temperature, symmetric, similarity }, n, out) {
    const { width } = query;
    const prepared = (data: typeof query.data, count: number) => (similarity === 'cosine' ? unitVectors(data, width, count) : data);
    const queries = prepared(query.data, n);
    const keys = prepared(key.data, n);
    if (negatives) {
      const perRow = negatives.width / width;
      const others = prepared(negatives.data, n * perRow);
      const row = new ScoreRow(1 + perRow);
      for (let i = 0; i < n; i++) {
        row.scores[0] = dot(queries, i * width, keys, i * width, width) / temperature;
        for (let j = 0; j < perRow; j++)
          row.scores[1 + j] = dot(queries, i * width, others, (i * perRow + j) * width, width) / temperature;
        out[i] = row.loss(0);
      }
      return;
    }
    const row = new ScoreRow(n);
    const lossAgainst = (from: typeof queries, to: typeof keys, i: number) => {
      for (let j = 0; j < n; j++) row.scores[j] = dot(from, i * width, to, j * width, width) / temperature;
      return row.loss(i);
    };
    for (let i = 0; i < n; i++) {
      const forward = lossAgainst(queries, keys, i);
      out[i] = symmetric ? 0.5 * (forward + lossAgainst(keys, queries, i)) : forward;
    }
  },
});
