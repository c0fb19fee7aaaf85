import { Builder } from 'flatbuffers';
import { floatVector, offsetVector } from './flatbuffer-writing.ts';

/*
 * TensorFlow Lite's ModelMetadata (metadata_schema.fbs, identifier M001), the fields that MediaPipe's tasks ask for:
 *
 * ModelMetadata        0 name  3 subgraph_metadata  7 min_parser_version
 * SubGraphMetadata     2 input_tensor_metadata  3 output_tensor_metadata
 * TensorMetadata       0 name  3 content  4 process_units
 * Content              0 properties type  1 properties
 * ImageProperties      0 colour space
 * ProcessUnit          0 options type  1 options
 * NormalizationOptions 0 mean  1 std
 */
const CONTENT_FEATURE = 1;
const CONTENT_IMAGE = 2;
const COLOUR_RGB = 1;
const OPTIONS_NORMALIZATION = 1;

export interface ImageModel {
  readonly name: string;
  /** How a pixel of 0 to 255 becomes the model's input: (pixel - mean) / std. */
  readonly mean: number;
  readonly std: number;
  readonly outputs: readonly string[];
}

/** Metadata of a model with one RGB image as input. */
export function imageModelMetadata(model: ImageModel): Uint8Array {
  const builder = new Builder(1024);
  const input = inputTensor(builder, model);
  const outputs = model.outputs.map((name) => outputTensor(builder, name));
  const inputs = offsetVector(builder, [input]);
  const outputVector = offsetVector(builder, outputs);
  builder.startObject(10);
  builder.addFieldOffset(2, inputs, 0);
  builder.addFieldOffset(3, outputVector, 0);
  const subgraphs = offsetVector(builder, [builder.endObject()]);
  const name = builder.createString(model.name);
  const parserVersion = builder.createString('1.0.0');
  builder.startObject(8);
  builder.addFieldOffset(0, name, 0);
  builder.addFieldOffset(3, subgraphs, 0);
  builder.addFieldOffset(7, parserVersion, 0);
  builder.finish(builder.endObject(), 'M001');
  return builder.asUint8Array().slice();
}

function inputTensor(builder: Builder, model: ImageModel): number {
  const mean = floatVector(builder, [model.mean]);
  const std = floatVector(builder, [model.std]);
  builder.startObject(2);
  builder.addFieldOffset(0, mean, 0);
  builder.addFieldOffset(1, std, 0);
  const normalization = builder.endObject();
  builder.startObject(2);
  builder.addFieldInt8(0, OPTIONS_NORMALIZATION, 0);
  builder.addFieldOffset(1, normalization, 0);
  const units = offsetVector(builder, [builder.endObject()]);
  builder.startObject(2);
  builder.addFieldInt8(0, COLOUR_RGB, 0);
  const image = builder.endObject();
  const content = tensorContent(builder, CONTENT_IMAGE, image);
  const name = builder.createString('image');
  builder.startObject(7);
  builder.addFieldOffset(0, name, 0);
  builder.addFieldOffset(3, content, 0);
  builder.addFieldOffset(4, units, 0);
  return builder.endObject();
}

function outputTensor(builder: Builder, outputName: string): number {
  builder.startObject(0);
  const feature = builder.endObject();
  const content = tensorContent(builder, CONTENT_FEATURE, feature);
  const name = builder.createString(outputName);
  builder.startObject(7);
  builder.addFieldOffset(0, name, 0);
  builder.addFieldOffset(3, content, 0);
  return builder.endObject();
}

function tensorContent(builder: Builder, type: number, properties: number): number {
  builder.startObject(3);
  builder.addFieldInt8(0, type, 0);
  builder.addFieldOffset(1, properties, 0);
  return builder.endObject();
}
