import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { splitName } from './names.ts';

describe('splitName', () => {
  const cases: [name: string, surname: string | undefined, full?: string, honorific?: string][] = [
    ['王小明', '王'],
    ['李 娜', '李', '李娜'],
    ['欧阳修', '欧阳'],
    ['司马光', '司马'],
    ['诸葛孔明', '诸葛'],
    ['歐陽菲菲', '歐陽'],
    ['欧阳', '欧阳'],
    ['王先生', '王', '王', '先生'],
    ['欧阳女士', '欧阳', '欧阳', '女士'],
    ['李总', '李', '李', '总'],
    ['王', undefined],
    ['先生', undefined],
    ['阿卜杜拉·买买提', undefined],
    ['北京某某科技公司', undefined],
    ['John Smith', 'Smith'],
    ['Smith, John', 'Smith', 'John Smith'],
    ['Mr. John Smith', 'Smith', 'John Smith', 'Mr'],
    ['Dr Jones', 'Jones', 'Jones', 'Dr'],
    ['John Smith Jr.', 'Smith', 'John Smith'],
    ['Anna van der Berg', 'van der Berg'],
    ['Van Morrison', 'Morrison'],
    ['Madonna', undefined],
    ['', undefined],
    [' , ', undefined],
  ];
  for (const [name, surname, full, honorific] of cases) {
    it(`finds ${surname ?? 'no surname'} in "${name}"`, () => {
      const parts = splitName(name);
      assert.equal(parts.surname, surname);
      if (full !== undefined) assert.equal(parts.full, full);
      assert.equal(parts.honorific, honorific);
    });
  }
});
