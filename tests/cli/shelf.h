// SPDX-License-Identifier: GPL-2.0-or-later
// A small shelf in its own words: two book descriptions, a review of both and of a third, a page.
#pragma once

#include <string_view>

namespace tome::test {

inline constexpr std::string_view kLoaf = R"text(---
kind: book
title: "The Patient Loaf"
subtitle: "Baking with Wild Yeast"
authors: [Ada Kornfeld]
year: 2018
topics: [baking]
---
# The Patient Loaf

## Starting a starter

A sourdough starter is flour and water that wild yeast and bacteria have moved into. Feed it every
day at the same hour, throw half of it away before each meal, and after a week it doubles within
four hours. The book explains why rye flour begins faster than wheat.

## The oven

Steam in the first ten minutes keeps the crust soft enough to rise. Kornfeld bakes in a closed iron
pot, which holds the steam that the dough itself gives off, and takes the lid away at half time.
)text";

inline constexpr std::string_view kClock = R"text(---
kind: book
title: "Clockwork at Home"
authors: [Bruno Zeiger]
year: 2005
topics: [clocks]
---
# Clockwork at Home

## The escapement

The escapement lets one tooth of the wheel pass at each swing of the pendulum. Zeiger builds an
anchor escapement from brass sheet with a fretsaw and a file, and shows how its drop is measured.

## Cleaning

Old oil turns to varnish. Take the movement apart, number the wheels, wash each in benzine, and oil
only the pivots when it is together again.
)text";

inline constexpr std::string_view kReview = R"text(Three Books for Slow Evenings
Some crafts reward those who wait. These three books teach patience as much as they teach a trade, and each of them can be read by the fire.
1. The Patient Loaf: Baking with Wild Yeast
Author: Ada Kornfeld
Kornfeld writes about sourdough as others write about gardens. Her chapter on the starter alone is worth the price, because it says what to do when the yeast sleeps.
Key Features:
- A calendar for feeding the starter
- Forty recipes for rye
2. Clockwork at Home
Author: Bruno Zeiger
Zeiger explains the escapement with drawings that a child can follow. He never hides how often his own first clock stopped.
3. The Small Boat: Sailing Alone
Author: Cora Mast
Mast crosses the bay with one sail and no engine. Her pages on reefing before the squall arrives are the calmest that were ever written about fear.
Which One to Read First
Begin with the loaf, since flour is cheaper than brass. The boat can wait until summer.
)text";

inline constexpr std::string_view kKnots =
    R"text(<!doctype html><html lang="en"><head><title>Knots for the Kitchen and the Quay</title>
<script>var x="bowline";</script></head>
<body><nav>Home About</nav><main><h1>Knots for the Kitchen and the Quay</h1>
<h2>The bowline</h2>
<p>The bowline makes a loop that neither slips nor jams. Sailors tie it around a post,
and cooks tie a roast with its smaller cousin, the butcher's knot.</p>
<h2>The clove hitch</h2>
<p>Two turns around a spar hold as long as the pull
is steady &amp; straight; add half hitches where it is not.</p>
</main><footer>Imprint</footer></body></html>
)text";

// A review that comes later.
inline constexpr std::string_view kLater = R"text(Two Books on Ice and Glass
Both of these books were written by people who work with things that break. They are short and plain and worth a winter.
1. Thin Ice: Skating on Lakes
Author: Pia Lund
Lund listens to the ice before she steps on it. Her chapter on black ice explains why the clearest sheet is the strongest.
2. The Glass Furnace
Author: Omar Hadid
Hadid gathers molten glass on a blowpipe and never stops turning. He tells how annealing takes the strain out of a vase overnight.
What Both Teach
Whoever hurries pays for it. Read them slowly.
)text";

}  // namespace tome::test
