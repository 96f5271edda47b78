// Our own /openapi.json as the judge of our own answers.

import { requirePackage } from './paths.mjs';

export class OwnDocument {
  constructor(document) {
    this.document = document;
    const Ajv = requirePackage('ajv/dist/2020.js').default;
    this.ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, logger: false });
    requirePackage('ajv-formats').default(this.ajv);
    this.ajv.addSchema({ ...document, $id: 'own' });
    this.routes = Object.entries(document.paths).map(([template, item]) => ({
      template, item, parts: template.replace(/^\/voice-assistant(?=\/|$)/, '').split('/'),
    }));
    this.validators = new Map();
  }

  // The operation for a path below the mount; literal parts win over parameters.
  route(path) {
    const parts = path.split('/');
    const fits = this.routes.filter((route) => route.parts.length === parts.length
      && route.parts.every((part, index) => part === parts[index] || /^\{.*\}$/.test(part)));
    fits.sort((a, b) => a.parts.filter((part) => part[0] === '{').length - b.parts.filter((part) => part[0] === '{').length);
    return fits[0] ?? null;
  }

  resolve(node, pointer) {
    if (!node?.$ref) return { node, pointer };
    const target = node.$ref.replace(/^#/, '');
    const value = target.split('/').slice(1).reduce((at, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
    return this.resolve(value, target);
  }

  // What is wrong with an answer ({method, path, status, headers, json}) by our own document.
  faults({ method, path, status, headers, json }) {
    const route = this.route(path.replace(/^(\/cgi-bin)?\/voice-assistant(?=\/|$)/, '').replace(/\?.*/, ''));
    if (!route) return status === 404 ? [] : [`${path} is not described`];
    const operation = route.item[method.toLowerCase()];
    if (!operation) return !['GET', 'PUT', 'POST', 'DELETE', 'PATCH'].includes(method) || [404, 405].includes(status) ? [] : [`${method} ${route.template} is not described`];
    if (status === 405) return [];
    const escape = (key) => key.replaceAll('~', '~0').replaceAll('/', '~1');
    const responses = operation.responses ?? {};
    const key = [String(status), `${String(status)[0]}XX`, 'default'].find((name) => responses[name]);
    if (!key) return [`${method} ${route.template}: status ${status} is not described`];
    const base = `/paths/${escape(route.template)}/${method.toLowerCase()}/responses/${key}`;
    const { node: response, pointer } = this.resolve(responses[key], base);
    const type = (headers['content-type'] || '').split(';')[0].trim();
    const media = response.content?.[type];
    if (!response.content) return type && json !== undefined ? [`${method} ${route.template} ${status}: a body of ${type} is not described`] : [];
    if (!media) return [`${method} ${route.template} ${status}: ${type || 'no type'} is not described`];
    if (!media.schema || json === undefined) return [];
    const at = `${pointer}/content/${escape(type)}/schema`;
    if (!this.validators.has(at)) this.validators.set(at, this.ajv.compile({ $ref: `own#${encodeURI(at)}` }));
    const validate = this.validators.get(at);
    return validate(json) ? [] : validate.errors.map((error) => `${method} ${route.template} ${status}: ${error.instancePath || '/'} ${error.message}${error.params?.allowedValues ? ` (${error.params.allowedValues.join(', ')})` : ''}`);
  }
}
