'use strict';

const helicone = require('../helicone');

const describe = helicone.withDefaults({ Feature: 'describe', Audience: 'merchant' });

exports.describeProduct = async function describeProduct(product, locale) {
  const properties = { Locale: locale };
  if (product.category) {
    properties.Category = product.category.slug;
  }
  return describe([{ role: 'user', content: JSON.stringify(product) }], { properties });
};

exports.altText = (image) =>
  helicone.chat([{ role: 'user', content: [{ type: 'image_url', image_url: { url: image.url } }] }], {
    model: 'gpt-4o',
    properties: {
      Feature: 'alt-text',
      'Image-Host': new URL(image.url).host,
    },
  });
