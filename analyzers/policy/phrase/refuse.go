package phrase

func refuseWith(r *Refusal, all []token, spanish bool) *Refusal {
	return &Refusal{Reason: r.Reason, Instead: nearest(all, spanish)}
}

func nearest(all []token, spanish bool) []string { return nil }
