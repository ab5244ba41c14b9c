package outside_of_production

deny contains {"msg": "Payments are for production only", "range": request.range} if {
	some request in input.http
	request.host == "api.stripe.com"
	request.ctx.production != "yes"
}
