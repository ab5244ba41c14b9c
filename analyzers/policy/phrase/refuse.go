package phrase

func refuseWith(r *Refusal, all []token, spanish bool) *Refusal {
	return &Refusal{Reason: r.Reason, Instead: nearest(all, spanish), Final: r.Final}
}

func nearest(all []token, spanish bool) []string { return nil }
