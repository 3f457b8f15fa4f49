"""The parts every page is made of; none knows a word of the department.

Texts are ``Caption``: a string, or a callable such as ``language.spoken("page.key")`` that follows a language switch.
Colours are token names of ``resources/themes/tokens.toml``; tones are ok, attention, stop, hold, spent, accent, plain.

cells        Cell, ChipLook, BadgeLook, LampLook, BarLook: what a cell shows, as values
rows_model   Column(title, value, text=, cell=row->Cell, align=, width=, stretch=, is_mono=, tip=), RowsModel, SORT_ROLE
table        DataTable(columns, two_lines=, in_card=, look=row->RowLook(edge, tint, note), key=, name=, empty=)
             .set_rows .chosen_row .choose(key) .sort_by; signals opened(row) chosen(row|None)
labels       Label(text, ink, size, bold=, mono=, wrap=, elide=).set_text .set_ink; title() muted(); Rule; IconMark;
             Keycap(key); LinkButton(text, chevron=) clicked
buttons      KeycapButton(text, kind="primary|plain|stop|quiet", icon=, key="F8", name=, height=) clicked
chips        Chip(text, tone, icon, fill).set_look; Badge(text, tone, fill); LampRow(lamps).set_lamps;
             Choice(key, text, count); FilterChips(choices).set_choices .choose .current; signal chosen(key)
card         Card(text, note, flush=).add .add_to_head .add_footer .set_title; PageHead(text, note, crumb=, trail=)
             .set_lead .set_chips .add_action; SidePane(width).add .clear .add_foot;
             EmptyState(icon, text, note, action)
             Surface; clear(layout)
painting     draw_* functions for widgets that paint themselves

``app.ui.page.Page`` is the base of a page; ``app.ui.presenter.Presenter`` of its presenter.
"""
