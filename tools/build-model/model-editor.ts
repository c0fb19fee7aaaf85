import { Builder } from 'flatbuffers';
import { FlatbufferReader } from './flatbuffer-reader.ts';
import { alignedBytes, integerVector, offsetVector, writeBytes } from './flatbuffer-writing.ts';

/*
 * A TensorFlow Lite model (schema.fbs, identifier TFL3) is edited by writing in front of it. References in a
 * flatbuffer only point forward, so the old file stays as it is, byte for byte, as the tail of the new one, and only
 * the root, the graph, their vectors and what is added are written anew.
 *
 * Model         0 version  1 operator_codes  2 subgraphs  3 description  4 buffers  6 metadata
 * SubGraph      0 tensors  1 inputs  2 outputs  3 operators  4 name
 * Tensor        0 shape  1 type  2 buffer  3 name
 * Operator      0 opcode_index  1 inputs  2 outputs  3 options type  4 options
 * OperatorCode  0 deprecated_builtin_code  2 version  3 builtin_code
 * Buffer        0 data
 * Metadata      0 name  1 buffer
 */
const TYPE_FLOAT32 = 0;
const TYPE_INT32 = 2;
const ALIGNMENT = 16;

export interface OperatorOptions {
  /** BuiltinOptions of schema.fbs. */
  readonly type: number;
  readonly write: (builder: Builder) => void;
}

export interface NewOperator {
  /** BuiltinOperator of schema.fbs; below 127, so that the old one-byte field holds it too. */
  readonly code: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: OperatorOptions;
}

export interface TensorSummary {
  readonly index: number;
  readonly name: string;
}

/** One model being edited. Tensors are named by their index in the graph. */
export class ModelEditor {
  readonly #old: FlatbufferReader;
  readonly #oldModel: number;
  readonly #oldGraph: number;
  readonly #builder: Builder;
  readonly #buffers: number[];
  readonly #tensors: number[];
  readonly #operators: number[];
  readonly #codes: number[];
  readonly #codeIndex = new Map<number, number>();

  constructor(model: Uint8Array) {
    const old = new FlatbufferReader(model);
    if (old.identifier() !== 'TFL3')
      throw new Error('not a TensorFlow Lite model: identifier TFL3 is missing');
    const root = old.root();
    const [graph, ...others] = old.tables(root, 2);
    if (graph === undefined || others.length > 0) throw new Error('expected a model with exactly one graph');
    this.#old = old;
    this.#oldModel = root;
    this.#oldGraph = graph;
    const tail = Math.ceil(model.length / ALIGNMENT) * ALIGNMENT;
    this.#builder = new Builder(tail + 65_536);
    this.#builder.prep(ALIGNMENT, tail);
    this.#builder.pad(tail - model.length);
    writeBytes(this.#builder, model);
    // The builder counts from the end of the file, a reader from its start.
    const fromEnd = (position: number) => tail - position;
    this.#buffers = old.tables(root, 4).map(fromEnd);
    this.#codes = old.tables(root, 1).map(fromEnd);
    this.#tensors = old.tables(graph, 0).map(fromEnd);
    this.#operators = old.tables(graph, 3).map(fromEnd);
  }

  outputs(): TensorSummary[] {
    const tensors = this.#old.tables(this.#oldGraph, 0);
    return this.#old.integers(this.#oldGraph, 2).map((index) => {
      const table = tensors[index];
      if (table === undefined) throw new Error(`output ${index} is no tensor of the graph`);
      return { index, name: this.#old.text(table, 3) };
    });
  }

  addFloatTensor(name: string, shape: readonly number[]): number {
    return this.#addTensor({ name, shape, type: TYPE_FLOAT32, buffer: 0 });
  }

  addIntegerConstant(name: string, values: readonly number[]): number {
    const bytes = new Uint8Array(values.length * 4);
    const view = new DataView(bytes.buffer);
    values.forEach((value, i) => {
      view.setInt32(4 * i, value, true);
    });
    return this.#addTensor({
      name,
      shape: [values.length],
      type: TYPE_INT32,
      buffer: this.#addBuffer(bytes),
    });
  }

  addOperator(operator: NewOperator): void {
    const builder = this.#builder;
    const code = this.#operatorCode(operator.code);
    const inputs = integerVector(builder, operator.inputs);
    const outputs = integerVector(builder, operator.outputs);
    builder.startObject(4);
    operator.options.write(builder);
    const options = builder.endObject();
    builder.startObject(9);
    builder.addFieldInt32(0, code, 0);
    builder.addFieldOffset(1, inputs, 0);
    builder.addFieldOffset(2, outputs, 0);
    builder.addFieldInt8(3, operator.options.type, 0);
    builder.addFieldOffset(4, options, 0);
    this.#operators.push(builder.endObject());
  }

  /** Writes the new root with `outputs` and the metadata, and returns the whole file. */
  finish(edited: { outputs: readonly number[]; metadata: Uint8Array }): Uint8Array {
    const builder = this.#builder;
    const metadata = this.#metadataVector(edited.metadata);
    const graph = this.#graph(edited.outputs);
    const graphs = offsetVector(builder, [graph]);
    const codes = offsetVector(builder, this.#codes);
    const buffers = offsetVector(builder, this.#buffers);
    const description = builder.createString('repacked from @mediapipe/face_mesh');
    builder.startObject(8);
    builder.addFieldInt32(0, this.#old.unsigned(this.#oldModel, 0, 0), 0);
    builder.addFieldOffset(1, codes, 0);
    builder.addFieldOffset(2, graphs, 0);
    builder.addFieldOffset(3, description, 0);
    builder.addFieldOffset(4, buffers, 0);
    builder.addFieldOffset(6, metadata, 0);
    builder.finish(builder.endObject(), 'TFL3');
    return builder.asUint8Array().slice();
  }

  #metadataVector(bytes: Uint8Array): number {
    const builder = this.#builder;
    const buffer = this.#addBuffer(bytes);
    const name = builder.createString('TFLITE_METADATA');
    builder.startObject(2);
    builder.addFieldOffset(0, name, 0);
    builder.addFieldInt32(1, buffer, 0);
    return offsetVector(builder, [builder.endObject()]);
  }

  #graph(outputs: readonly number[]): number {
    const builder = this.#builder;
    const tensors = offsetVector(builder, this.#tensors);
    const operators = offsetVector(builder, this.#operators);
    const outputVector = integerVector(builder, outputs);
    const inputs = integerVector(builder, this.#old.integers(this.#oldGraph, 1));
    const name = builder.createString('main');
    builder.startObject(5);
    builder.addFieldOffset(0, tensors, 0);
    builder.addFieldOffset(1, inputs, 0);
    builder.addFieldOffset(2, outputVector, 0);
    builder.addFieldOffset(3, operators, 0);
    builder.addFieldOffset(4, name, 0);
    return builder.endObject();
  }

  #addBuffer(bytes: Uint8Array): number {
    const data = alignedBytes(this.#builder, bytes);
    this.#builder.startObject(1);
    this.#builder.addFieldOffset(0, data, 0);
    return this.#buffers.push(this.#builder.endObject()) - 1;
  }

  #addTensor(tensor: { name: string; shape: readonly number[]; type: number; buffer: number }): number {
    const builder = this.#builder;
    const name = builder.createString(tensor.name);
    const shape = integerVector(builder, tensor.shape);
    builder.startObject(8);
    builder.addFieldOffset(0, shape, 0);
    builder.addFieldInt8(1, tensor.type, 0);
    builder.addFieldInt32(2, tensor.buffer, 0);
    builder.addFieldOffset(3, name, 0);
    return this.#tensors.push(builder.endObject()) - 1;
  }

  #operatorCode(code: number): number {
    const known = this.#codeIndex.get(code);
    if (known !== undefined) return known;
    const builder = this.#builder;
    builder.startObject(4);
    builder.addFieldInt8(0, code, 0);
    builder.addFieldInt32(2, 1, 1);
    builder.addFieldInt32(3, code, 0);
    const index = this.#codes.push(builder.endObject()) - 1;
    this.#codeIndex.set(code, index);
    return index;
  }
}
