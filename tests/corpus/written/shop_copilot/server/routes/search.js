'use strict';

const express = require('express');
const { chat } = require('../helicone');
const catalog = require('../catalog');

const router = express.Router();

router.post('/search', async (req, res, next) => {
  try {
    const query = await chat([{ role: 'user', content: `Rewrite as keywords: ${req.body.q}` }], {
      temperature: 0,
      properties: { Feature: 'search', Locale: req.get('accept-language'), Tier: req.user ? req.user.tier : 'anonymous' },
    });
    const hits = await catalog.chat([query], { properties: { Feature: 'search', limit: 20 } });
    res.json({ hits });
  } catch (error) {
    next(error);
  }
});

module.exports = router;
