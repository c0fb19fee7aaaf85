import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programFolder, readSoftwareIdentity } from '#station/desk/software-identity.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

test('an enrolment names the version and the hash of every model that it was made with', () => {
  const folder = temporaryFolder();
  const models = join(folder, 'models');
  mkdirSync(models);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.3' }));
  writeFileSync(join(models, 'face.task'), 'model');
  writeFileSync(join(models, 'README.md'), 'not a model');
  expect(readSoftwareIdentity({ programFolder: folder, modelFolder: models })).toEqual({
    version: '1.2.3',
    models: [{ name: 'face.task', sha256: new Uint8Array(createHash('sha256').update('model').digest()) }],
  });
});

test('a program without models still has a version, and is found from any depth below', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.3' }));
  const deep = join(folder, 'a', 'b');
  mkdirSync(deep, { recursive: true });
  expect(programFolder(deep)).toBe(folder);
  const identity = readSoftwareIdentity({ programFolder: folder, modelFolder: join(folder, 'none') });
  expect(identity).toEqual({ version: '1.2.3', models: [] });
});
