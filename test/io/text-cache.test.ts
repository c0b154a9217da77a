import { expect, test } from 'vitest';
import { TextCache } from '../../src/io/csv/fast/text-cache.ts';

test('texts that share a slot stay apart, and long ones are read as well', () => {
  const cache = new TextCache();
  const texts = Array.from({ length: 6000 }, (_, i) =>
    i % 3 === 0 ? `é${i}` : i % 100 === 1 ? String(i).repeat(30) : String(10_000 + i),
  );
  const read = (text: string) => {
    const bytes = Buffer.from(`[${text}]`);
    return cache.get(bytes, 1, bytes.length - 1);
  };
  for (let i = 0; i < texts.length; i++) {
    const [text, before] = [texts[i] as string, texts[i >> 1] as string];
    expect([read(text), read(before), read(text), read('')]).toEqual([text, before, text, '']);
  }
});
