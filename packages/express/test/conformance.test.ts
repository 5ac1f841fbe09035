import { afterAll, describe, it } from '@jest/globals';
import { defineConformance } from '@trusted-header/conformance';
import express from 'express';
import express4 from 'express-4';
import { expressTarget } from './conformance-target.js';

defineConformance(expressTarget('@trusted-header/express on Express 5', express), {
  describe,
  it,
  afterAll,
});
defineConformance(expressTarget('@trusted-header/express on Express 4', express4), {
  describe,
  it,
  afterAll,
});
