import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERY_SCREEN } from './visit-gallery.ts';

/**
 * `screens.html` in the demo's folder: every picture that was taken on one page, small, each a link to itself. First the
 * visits as they happened, then each in three sizes and both languages, then every screen there is.
 */
export function writeScreensPage(out: string): void {
  const live = foldersOf(join(out, 'screens/live')).map((visit) =>
    section({ title: `As it happened: ${visit}`, pictures: picturesOf(out, `screens/live/${visit}`) }),
  );
  const displays = foldersOf(join(out, 'screens/drawn'));
  const sets = [...new Set(displays.flatMap((display) => foldersOf(join(out, 'screens/drawn', display))))];
  const visits = sets.filter((set) => set !== EVERY_SCREEN);
  const drawn = [...visits, EVERY_SCREEN].flatMap((set) =>
    displays.map((display) =>
      section({ title: `${set}: ${display}`, pictures: picturesOf(out, `screens/drawn/${display}/${set}`) }),
    ),
  );
  writeFileSync(join(out, 'screens.html'), page([...live, ...drawn]));
}

function foldersOf(folder: string): readonly string[] {
  return readdirSync(folder).toSorted();
}

function picturesOf(
  out: string,
  folder: string,
): readonly { readonly file: string; readonly name: string }[] {
  return readdirSync(join(out, folder))
    .filter((file) => file.endsWith('.png'))
    .toSorted()
    .map((file) => ({ file: `${folder}/${file}`, name: file.replace(/\.png$/, '') }));
}

function section(part: {
  readonly title: string;
  readonly pictures: readonly { readonly file: string; readonly name: string }[];
}): string {
  const figures = part.pictures.map(
    ({ file, name }) =>
      `<figure><a href="${encodeURI(file)}"><img loading="lazy" src="${encodeURI(file)}" alt="${name}"></a>` +
      `<figcaption>${name}</figcaption></figure>`,
  );
  return `<section><h2>${part.title}</h2><div class="row">${figures.join('')}</div></section>`;
}

function page(sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Screens of the e-ID terminal</title>
<style>
  body { font: 15px/1.4 "Noto Sans SC", system-ui, sans-serif; margin: 2rem; color: #14202e; background: #f3f5f8; }
  h2 { font-size: 1.1rem; margin: 2rem 0 .75rem; }
  .row { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; }
  figure { margin: 0; }
  img { height: 260px; display: block; background: #fff; box-shadow: 0 1px 4px #0003; }
  figcaption { font-size: .8rem; color: #4a5868; margin-top: .3rem; max-width: 420px; }
</style>
<h1>Screens of the e-ID terminal</h1>
${sections.join('\n')}
</html>
`;
}
