package estimate

import (
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
)

// Env is what estimates rest on besides the code.
type Env struct {
	Prices *pricing.Table
	Config *config.Config
	Now    time.Time
}

// Model is the model that an id, as it is written in code, stands for; false where its price
// is not known.
func (e Env) Model(id string) (*pricing.Model, bool) {
	return e.Prices.Lookup(id)
}
