import { expect, it } from 'vitest';
import { readingGroups } from '#domain/enrolment/reading-groups.ts';

it('a packet id is read out in eight groups of four', () => {
  expect(readingGroups('01a20749-8593-74f3-bdb8-898489bf764e').join(' ')).toBe(
    '01A2 0749 8593 74F3 BDB8 8984 89BF 764E',
  );
});

it('an e-ID’s subject is read out in four groups of four, however it was grouped before', () => {
  expect(readingGroups('7k2mqx9d4trb8whc')).toEqual(['7K2M', 'QX9D', '4TRB', '8WHC']);
  expect(readingGroups('7K2M QX9D 4TRB 8WHC')).toEqual(['7K2M', 'QX9D', '4TRB', '8WHC']);
});
