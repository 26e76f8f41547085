import { mergeOpenApi } from './merge-open-api.js';

const station = {
  openapi: '3.1.0',
  info: { title: 'Yizhan station', version: '0.1.0' },
  paths: { '/api/v1/visits': { get: {} }, '/api/v1/events': { get: { summary: 'not its own' } }, '/metrics': {} },
  components: { schemas: { Page: { type: 'object' }, Visit: { type: 'object' } }, securitySchemes: { bearer: {} } },
  tags: [{ name: 'visits' }],
};

const dispatch = {
  openapi: '3.1.0',
  paths: { '/api/v1/events': { get: {} } },
  components: { schemas: { Page: { type: 'object' }, Event: { type: 'object' } } },
  tags: [{ name: 'events' }],
};

it('takes from each service what leads to it, and all that is referred to', () => {
  expect(mergeOpenApi({ station, dispatch })).toEqual({
    document: {
      openapi: '3.1.0',
      info: { title: 'Yizhan', version: '0.1.0' },
      paths: { '/api/v1/events': { get: {} }, '/api/v1/visits': { get: {} } },
      components: {
        schemas: { Page: { type: 'object' }, Visit: { type: 'object' }, Event: { type: 'object' } },
        securitySchemes: { bearer: {} },
      },
      tags: [{ name: 'visits' }, { name: 'events' }],
    },
    clashes: [],
  });
});

it('names what two services describe differently', () => {
  const other = { ...dispatch, components: { schemas: { Page: { type: 'array' } } } };
  expect(mergeOpenApi({ station, dispatch: other }).clashes).toEqual(['schemas.Page']);
});
