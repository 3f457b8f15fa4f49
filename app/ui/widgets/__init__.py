"""The parts every page is made of; none knows a word of the department.

Texts are ``Caption``: a string, or a callable such as ``language.spoken("page.key")`` that follows a language switch.
Colours are token names of ``resources/themes/tokens.toml``: inks (text, muted, accent, ok, …), tones (ok, attention,
stop, hold, spent, accent, plain) and chart fills (fill_gold, fill_violet, fill_blue, fill_grey, fill_green, fill_mint,
fill_red, fill_slate). Icons are the names in ``resources/icons``.

cells          Cell, ChipLook, BadgeLook, LampLook, BarLook: what a cell shows, as values
rows_model     Column(title, value, text=, cell=row->Cell, align=, width=, stretch=, is_mono=, tip=), RowsModel
table          DataTable(columns, two_lines=, in_card=, look=row->RowLook(edge, tint, note), key=, name=, empty=,
               sortable=, row_height=).set_rows .rows .chosen_row .choose(key) .sort_by .open_editor(key, column, text)
               .close_editor: opened(row) chosen(row|None)
labels         Label(text, ink, size, bold=, mono=, wrap=, elide=).set_text .set_ink; title() muted(); Rule;
               IconMark(name, ink, size).set_icon; Keycap(key); LinkButton(text, chevron=): clicked
buttons        KeycapButton(text, kind="primary|plain|stop|quiet", icon=, key="F8", name=, height=): clicked
chips          Chip(text, tone, icon, fill).set_look; Badge(text, tone, fill).set_look; LampRow(lamps).set_lamps;
               Choice(key, text, count); FilterChips(choices).set_choices .choose .current: chosen(key)
card           Card(text, note, flush=, rule=).add .body .add_to_head .add_footer .set_title;
               PageHead(text, note, crumb=, code=, trail=).set_title .set_lead .set_chips .add_action: crumb_pressed;
               SidePane(width).add .body .clear .add_foot; EmptyState(icon, text, note, action); Surface; clear(layout)
facts          Fact(label, value, is_mono, icon, ink, is_bold); FieldRow(fact, above=); FactsBar(facts).set_facts
fields         TextField SecretField NumberField(least=, most=).number() DateField.day() ComboField(label, options)
               AreaField: .value .set_value .set_error(text) .error .set_hint: edited, entered(text), chosen(key);
               bare controls TextInput, Combo, TextArea; Option(key, text)
tabs           TabsBar([Choice]).choose .current .set_count .add_right: chosen(key); Stepper(steps, current).set_steps
scan_strip     ScanStrip().answer(message, tone, icon, [ScanPart], note) .remember(ScanVerdict) .set_last
kpi_strip      KpiStrip([Kpi(key, label, value, note, fill, sign, ink)]).set_kpis: opened(key)
progress       ProgressLine(share, fill, height).set_share
board          Board([BoardColumn]).set_cards({column: [BoardCard]}): opened(key)
notice_view    NoticeView(name).set_notice(text, [Mark(start, end, tone, number)]) .emphasise(number): pressed(number)
paper_view     PaperView(empty).set_paper(pdf, name) .turn .go .step_size .fit_width .add_action: page_changed(n, of);
               page_image(document, number, dpi) draws one page
signature_pane SignaturePane().ask(meaning, people) .refuse(error): signed(login, password, reason) cancelled
verdict_screen VerdictScreen(over).show_sign(Sign) .holds: acted(name) timed_out; Sign, Step, SignAction in verdict_sign
search_palette SearchPalette(parent).open .show_results([Found]): typed(text) picked(Found); the window owns one
search_input   SearchInput(placeholder).search: searched(words) after a pause or at Enter, entered
quantity_field QuantityField(label, least=).set_levels([Level]) .number(): base units of "205" or "2 箱 5 件"
toast          Toast(parent).say(text, tone, undo=): acted; pages emit Page.said instead
attachment_row AttachmentRow(title, key=).set_files([(id, words)]): chosen(path) opened(id)
basket_view    BasketView(BasketWords, found columns, line columns, width=).add_above .add_below .show_basket .count:
               searched(text) counted(thing, quantity) left; .products .basket .quantity .send .back
flow_layout    FlowLayout(gap=): breaks its row when it is full
charts         segment_line.Segment(value, fill, name), SegmentLine; stacked_bars.StackedBars([BarRow]): opened(key);
               donut_ring.DonutRing.set_share; progress_segments.ProgressSegments.set_fills;
               trace_flow.TraceFlow.set_flow(Flow(hops, places, states, links)): opened(key)
painting       draw_* functions for widgets that paint themselves

``app.ui.page.Page`` is the base of a page; ``app.ui.presenter.Presenter`` of its presenter.
"""
